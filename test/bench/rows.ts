import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import type { StatusCallback } from '@partyline/contracts/jobs'
import type { Db } from '@partyline/db/client'
import { applyCallbacks } from '@partyline/db/queries/apply-statuses'
import { postMessage } from '@partyline/db/queries/post-message'
import { sql } from 'drizzle-orm'
import type postgres from 'postgres'
import { givenGroup } from '../support/given.ts'
import { timed } from './rounds.ts'

/** A group of this many people, made by the database itself. */
export async function givenCrowd(db: Db, people: number): Promise<string> {
  const { conversationId } = await givenGroup(db, { address: '+15558675310', members: {} })
  await db.execute(sql`
    with made as (
      insert into contacts (name) select 'Person ' || n from generate_series(1, ${people}) n returning id
    )
    insert into members (conversation_id, kind, contact_id, name, address)
    select ${conversationId}, 'contact', id, 'Person', '+1' || (4150000000 + row_number() over ())
    from made
  `)
  return conversationId
}

/** One text to everybody, as it is posted: message, deliveries, counts and events, in one transaction. */
export async function fanOut(db: Db, conversationId: string): Promise<number> {
  const author = { kind: 'system' as const, id: null, name: 'Bench', address: null }
  const text = { kind: 'text' as const, direction: 'outbound' as const, body: 'lunch is ready' }
  return timed(() => db.transaction((tx) => postMessage(tx, { conversationId, author, ...text })))
}

export type Floor = 'bench_bare' | 'bench_same'

/** Where the floors write: four columns and nothing else; a table like deliveries, its indexes included. */
export async function makeFloors(pool: postgres.Sql): Promise<void> {
  await pool`create table bench_bare (message_id uuid, conversation_id uuid, line_id uuid, address text, seq bigint)`
  await pool`create table bench_same (like deliveries including defaults including indexes)`
}

let copied = 0

/** The floor: as many rows as COPY can write. */
export async function copyRows(pool: postgres.Sql, table: Floor, rows: number): Promise<number> {
  const [message, conversation, line] = [randomUUID(), randomUUID(), randomUUID()]
  copied += 1
  const lines = Array.from(
    { length: rows },
    (_, index) => `${message}\t${conversation}\t${line}\t+1${4_150_000_000 + index}\t${copied}\n`,
  )
  return timed(async () => {
    const columns = pool(['message_id', 'conversation_id', 'line_id', 'address', 'seq'])
    const into = await pool`copy ${pool(table)} (${columns}) from stdin`.writable()
    await pipeline(Readable.from([lines.join('')]), into)
    if (!into.closed) await once(into, 'close')
  })
}

const asTwilioSends = {
  AccountSid: `AC${'0'.repeat(32)}`,
  ApiVersion: '2010-04-01',
  From: '+15558675310',
  To: '+14155550101',
  SmsStatus: 'delivered',
}

/** A delivered callback for every delivery there is, in batches; resolves to callbacks a second. */
export async function applyAll(db: Db, sendingDb: Db, batch: number): Promise<number> {
  const found = await db.execute<{ id: string; sid: string }>(sql`
    update deliveries set state = 'accepted', attempt = 1, attempt_at = now(), status = 'sent',
      status_rank = 4, twilio_sid = 'SM' || md5(id::text) where state = 'queued'
    returning id, twilio_sid as sid
  `)
  // What this bench's own short cut left behind is not the product's to carry.
  await db.execute(sql`vacuum analyze deliveries`)
  const callbacks = found.map(({ id, sid }): StatusCallback => ({
    params: { ...asTwilioSends, MessageSid: sid, MessageStatus: 'delivered' },
    receivedAt: new Date().toISOString(),
    ...{ deliveryId: id, attempt: 1 },
  }))
  const batches = Array.from({ length: Math.ceil(callbacks.length / batch) }, (_, index) =>
    callbacks.slice(index * batch, (index + 1) * batch),
  )
  const work = batches.values()
  const ms = await timed(() =>
    Promise.all(
      // As many at once as a dispatcher has workers for them.
      Array.from({ length: 4 }, async () => {
        for (const each of work) await applyCallbacks(sendingDb, each)
      }),
    ),
  )
  return (callbacks.length * 1_000) / ms
}
