import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { InboundWebhook, WebhookParams } from '@partyline/contracts/jobs'
import type { Db } from '../client.ts'
import { inbox, type InboxRow } from '../schema/inbox.ts'

/** How often a text is tried before it is left for a person. */
const maxAttempts = 10

/** Keeps inbound texts, each once however often it comes. Returns the SIDs that are new. */
export async function insertInbox(
  db: Db,
  webhooks: InboundWebhook[],
  source: InboxRow['source'],
): Promise<string[]> {
  const rows = webhooks.map((webhook) => ({
    messageSid: messageSidOf(webhook.params),
    params: webhook.params,
    receivedAt: webhook.receivedAt,
  }))
  const inserted = await db.execute<{ message_sid: string }>(sql`
    insert into inbox (message_sid, source, params, received_at)
    select given."messageSid", ${source}, given.params, given."receivedAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given ("messageSid" text, params jsonb, "receivedAt" timestamptz)
    on conflict (message_sid) do nothing
    returning message_sid
  `)
  return inserted.map((row) => row.message_sid)
}

function messageSidOf(params: WebhookParams): string {
  const sid = params['MessageSid'] ?? params['SmsSid']
  return (Array.isArray(sid) ? sid[0] : sid) ?? ''
}

/** Takes one text to work on, for this transaction alone; undefined when it is done or being done. */
export async function lockInbox(tx: Db, messageSid: string): Promise<InboxRow | undefined> {
  const [row] = await tx
    .select()
    .from(inbox)
    .where(and(eq(inbox.messageSid, messageSid), isNull(inbox.processedAt)))
    .for('update', { skipLocked: true })
  return row
}

export async function setInboxProcessed(tx: Db, messageSid: string): Promise<void> {
  await tx
    .update(inbox)
    .set({ processedAt: sql`now()`, lastError: null })
    .where(eq(inbox.messageSid, messageSid))
}

/** Counted outside the transaction that failed, so that a text that kills its worker is counted too. */
export async function countInboxAttempt(db: Db, messageSid: string): Promise<void> {
  await db
    .update(inbox)
    .set({ attempts: sql`${inbox.attempts} + 1` })
    .where(eq(inbox.messageSid, messageSid))
}

export async function setInboxError(db: Db, messageSid: string, reason: string): Promise<void> {
  await db.update(inbox).set({ lastError: reason }).where(eq(inbox.messageSid, messageSid))
}

/** Texts that were kept and not yet taken, oldest first: what a lost doorbell or a crash left behind. */
export async function listWaitingInbox(
  db: Db,
  { olderThanMs, limit }: { olderThanMs: number; limit: number },
): Promise<string[]> {
  const rows = await db
    .select({ messageSid: inbox.messageSid })
    .from(inbox)
    .where(
      and(
        isNull(inbox.processedAt),
        lt(inbox.attempts, maxAttempts),
        lt(inbox.receivedAt, sql`now() - ${olderThanMs} * interval '1 millisecond'`),
      ),
    )
    .orderBy(asc(inbox.seq))
    .limit(limit)
  return rows.map((row) => row.messageSid)
}
