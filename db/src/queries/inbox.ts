import { eq, sql } from 'drizzle-orm'
import type { InboundWebhook, WebhookParams } from '@partyline/contracts/jobs'
import type { Db } from '../client.ts'
import { inbox, type InboxRow } from '../schema/inbox.ts'
import { storableParams } from './storable.ts'

/** How often a text is tried before it is left for a person. */
export const maxAttempts = 10

/** For so many of its tries a text keeps its sender's later ones waiting, so that they stay in order. */
const triesInTurn = 3

/** Whoever keeps a text goes on to take it, but for the door, which leaves that to the sweeper. */
const takenInMs: Record<InboxRow['source'], number> = {
  webhook: 2_000,
  fallback: 0,
  backfill: 10_000,
}

/** Keeps inbound texts, each once however often it comes. Returns the SIDs that are new. */
export async function insertInbox(
  db: Db,
  webhooks: InboundWebhook[],
  source: InboxRow['source'],
): Promise<string[]> {
  const rows = webhooks.map((webhook) => {
    const { params, altered } = storableParams(webhook.params)
    return {
      messageSid: messageSidOf(params),
      params,
      receivedAt: webhook.receivedAt,
      note: altered ? 'Characters that no database can keep were replaced.' : null,
      traceParent: webhook.traceParent,
    }
  })
  const inserted = await db.execute<{ message_sid: string }>(sql`
    insert into inbox (message_sid, source, params, received_at, note, trace_parent, next_at)
    select given."messageSid", ${source}, given.params, given."receivedAt", given.note, given."traceParent",
      now() + ${takenInMs[source]} * interval '1 millisecond'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given ("messageSid" text, params jsonb, "receivedAt" timestamptz, note text, "traceParent" text)
    on conflict (message_sid) do nothing
    returning message_sid
  `)
  return inserted.map((row) => row.message_sid)
}

function messageSidOf(params: WebhookParams): string {
  const sid = params['MessageSid'] ?? params['SmsSid']
  return (Array.isArray(sid) ? sid[0] : sid) ?? ''
}

export interface LockedText extends Pick<InboxRow, 'params' | 'receivedAt' | 'traceParent'> {
  /** Something was put back, or may have been: what follows from this text may have been sent then. */
  inDoubt: boolean
  /** Some browser is told of texts while Partyline is closed. */
  pushes: boolean
  /** The first of the earlier texts of its sender that still have their turn before it. */
  behind: string | null
}

/**
 * Takes one text to work on, for this transaction alone; undefined when it is done or being done. Whether it
 * is in doubt is known from here on: while its dispatcher lives no database can fall silent and be put back.
 */
export async function lockInbox(tx: Db, messageSid: string): Promise<LockedText | undefined> {
  const [row] = await tx
    .select({
      params: inbox.params,
      receivedAt: inbox.receivedAt,
      traceParent: inbox.traceParent,
      // Asked of the row and not of an index: see `turn`.
      processedAt: inbox.processedAt,
      inDoubt: sql<boolean>`exists (
        select from backfills where name = 'reconcile' or reconcile_before > ${inbox}.received_at)`,
      pushes: sql<boolean>`exists (select from push_subscriptions)`,
      behind: sql<string | null>`(
        select message_sid from inbox as waiting
        where waiting.turn = ${inbox}.turn and waiting.seq < ${inbox}.seq
          and waiting.attempts < ${triesInTurn}
        order by waiting.seq limit 1)`,
    })
    .from(inbox)
    .where(eq(inbox.messageSid, messageSid))
    .for('update', { skipLocked: true })
  return row?.processedAt === null ? row : undefined
}

export async function setInboxProcessed(tx: Db, messageSid: string): Promise<void> {
  await tx
    .update(inbox)
    .set({ processedAt: sql`now()`, lastError: null })
    .where(eq(inbox.messageSid, messageSid))
}

/**
 * Why it could not be taken. It is tried again with growing pauses, ten times in all; true when this was
 * the last.
 */
export async function setInboxError(
  db: Db,
  messageSid: string,
  { reason, counted }: { reason: string; counted: boolean },
): Promise<boolean> {
  const [row] = await db
    .update(inbox)
    .set({
      lastError: reason.replaceAll('\0', ''),
      // The very first try, right after it was kept, is counted only when it fails.
      attempts: sql`${inbox.attempts} + ${counted ? 0 : 1}`,
    })
    .where(eq(inbox.messageSid, messageSid))
    .returning({ attempts: inbox.attempts })
  return row !== undefined && row.attempts >= maxAttempts
}

/** Texts that were kept and not yet taken, oldest first: what a lost doorbell or a crash left behind. */
export async function listWaitingInbox(
  db: Db,
  limit: number,
): Promise<{ messageSid: string; key: string; traceParent: string | null }[]> {
  type Row = { message_sid: string; key: string; trace_parent: string | null }
  const rows = await db.execute<Row>(sql`
    select message_sid, coalesce(turn, message_sid) as key, trace_parent from inbox
    where processed_at is null and attempts < ${maxAttempts} and next_at <= now()
    order by seq limit ${limit}
  `)
  return rows.map((row) => ({
    messageSid: row.message_sid,
    key: row.key,
    traceParent: row.trace_parent,
  }))
}

/**
 * Counts one more try of a text that waits; false when another dispatcher is at it. Counted before it is
 * made, so that a text that kills its worker is counted too, and for this text alone: those that wait
 * behind it are not to blame. `early`: its next try is made now, unless whoever is at it, who is waited for,
 * settles it.
 */
export async function beginAttempt(
  db: Db,
  messageSid: string,
  { early = false } = {},
): Promise<boolean> {
  const rows = await db.execute(sql`
    update inbox set attempts = attempts + 1,
      next_at = now() + least(power(2, attempts), 60) * interval '1 second'
    where message_sid = ${messageSid} and processed_at is null
      and attempts < ${maxAttempts} and (${early} or next_at <= now())
    returning message_sid
  `)
  return rows.length > 0
}
