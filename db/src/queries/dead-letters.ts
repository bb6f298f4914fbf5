import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import type { InboxRow } from '../schema/inbox.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { recordChanges } from './events.ts'
import { maxAttempts } from './inbox.ts'
import { systemChanged } from './system-changed.ts'

const dead = sql`processed_at is null and attempts >= ${maxAttempts}`

export type DeadLetter = Pick<
  InboxRow,
  'messageSid' | 'params' | 'attempts' | 'lastError' | 'note'
> & {
  receivedAt: Date
}

/** Inbound texts that could not be taken in, newest first. */
export async function listDeadLetters(
  db: Db,
  given: { cursor?: string | undefined; limit: number },
): Promise<{ rows: DeadLetter[]; nextCursor: string | null }> {
  const before = given.cursor && decodeCursor(given.cursor, ['number'])[0]
  type Row = Pick<InboxRow, 'params' | 'attempts' | 'note' | 'seq'> & {
    message_sid: string
    received_at: Date | string
    last_error: string | null
  }
  const rows = await db.execute<Row>(sql`
    select message_sid, seq, params, received_at, attempts, last_error, note from inbox
    where ${dead} and ${before ? sql`seq < ${before}` : sql`true`}
    order by seq desc limit ${given.limit + 1}
  `)
  const page = pageOf([...rows], given.limit, (row) => [String(row.seq)])
  return {
    nextCursor: page.nextCursor,
    rows: page.rows.map(({ params, attempts, note, ...row }) => ({
      ...{ params, attempts, note },
      messageSid: row.message_sid,
      receivedAt: new Date(row.received_at),
      lastError: row.last_error,
    })),
  }
}

export async function countDeadLetters(db: Db): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from inbox where ${dead}`,
  )
  return row?.count ?? 0
}

/** Tries it ten times more, from now on. False when there is no such dead letter. */
export async function replayDeadLetter(db: Db, messageSid: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const replayed = await tx.execute(sql`
      update inbox set attempts = 0, next_at = now()
      where message_sid = ${messageSid} and ${dead}
    `)
    if (replayed.count > 0) await recordChanges(tx, [systemChanged])
    return replayed.count > 0
  })
}

/** Its row stays, so that it is not taken for one that never came. False when there is no such dead letter. */
export async function giveUpDeadLetter(db: Db, messageSid: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const given = await tx.execute(sql`
      update inbox set processed_at = now(), note = 'A person gave it up.'
      where message_sid = ${messageSid} and ${dead}
    `)
    if (given.count > 0) await recordChanges(tx, [systemChanged])
    return given.count > 0
  })
}
