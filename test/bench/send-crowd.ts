import { randomUUID } from 'node:crypto'
import type { Db } from '@partyline/db/client'
import { postMessage } from '@partyline/db/queries/post-message'
import { sql } from 'drizzle-orm'
import type postgres from 'postgres'
import { givenGroup } from '../support/given.ts'

export interface Crowd {
  lineId: string
  conversationId: string
}

/** Fast enough that Twilio's own rates are not what is measured. */
const unlimited = 1_000_000

/** Groups on lines of their own, with as many people each. */
export async function givenCrowds(db: Db, lines: number, people: number): Promise<Crowd[]> {
  const crowds: Crowd[] = []
  for (let index = 0; index < lines; index += 1) {
    const address = `+1555${randomUUID().replace(/\D/g, '').slice(0, 7).padEnd(7, '0')}`
    const { line, conversationId } = await givenGroup(db, { address, members: {} })
    await db.execute(sql`update lines set segments_per_second = ${unlimited} where id = ${line.id}`)
    await db.execute(sql`
      with made as (
        insert into contacts (name) select 'Person' from generate_series(1, ${people}) returning id
      )
      insert into members (conversation_id, kind, contact_id, name, address)
      select ${conversationId}, 'contact', id, 'Person', '+1' || (4150000000 + row_number() over ())
      from made
    `)
    crowds.push({ lineId: line.id, conversationId })
  }
  return crowds
}

/** One text to everybody of each, visible at once. */
export async function post(db: Db, crowds: Crowd[]): Promise<void> {
  const author = { kind: 'system' as const, id: null, name: 'Bench', address: null }
  const text = { kind: 'text' as const, direction: 'outbound' as const, body: 'lunch is ready' }
  await db.transaction(async (tx) => {
    for (const { conversationId } of crowds) {
      await postMessage(tx, { conversationId, author, ...text })
    }
  })
}

export async function areUnsettled(db: Db, crowds: Crowd[]): Promise<boolean> {
  const conversations = sql.param(crowds.map(({ conversationId }) => conversationId))
  const [row] = await db.execute<{ left: boolean }>(sql`
    select exists (
      select from deliveries where conversation_id = any(${conversations}::uuid[])
        and state in ('queued', 'sending', 'unknown')) as left`)
  return row?.left ?? true
}

export async function countAccepted(db: Db): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from deliveries where state = 'accepted'`)
  return row?.count ?? 0
}

/** The floor's: a simple table with what a text needs and the one index that its claims need. */
export async function makeSends(pool: postgres.Sql): Promise<void> {
  await pool`create table bench_sends (
    id uuid primary key default uuidv7(), sender text not null, recipient text not null,
    body text not null, state text not null default 'queued', sid text,
    updated_at timestamptz not null default now())`
  await pool`create index on bench_sends (id) where state = 'queued'`
}

export async function queueSends(pool: postgres.Sql, count: number): Promise<void> {
  await pool`insert into bench_sends (sender, recipient, body)
    select '+15558675310', '+1' || (4150000000 + n), 'Bench: lunch is ready'
    from generate_series(1, ${count}::int) n`
}
