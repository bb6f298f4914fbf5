import { isDeepStrictEqual } from 'node:util'
import { asc, eq, inArray, sql } from 'drizzle-orm'
import type { Channel } from '@partyline/contracts/channels'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import { lines, type LineRow } from '../schema/lines.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { recordChanges } from './events.ts'

export async function listLines(db: Db, given: { cursor?: string | undefined; limit: number }) {
  const after = given.cursor && decodeCursor(given.cursor, ['text', 'id'])
  const rows = await db
    .select({ id: lines.id, place: sql<string>`lower(${lines.name})` })
    .from(lines)
    .where(
      after
        ? sql`(lower(${lines.name}), ${lines.id}) > (${after[0]}, ${after[1]}::uuid)`
        : undefined,
    )
    .orderBy(asc(sql`lower(${lines.name})`), asc(lines.id))
    .limit(given.limit + 1)
  return pageOf(rows, given.limit, ({ id, place }) => [place, id])
}

export async function findLine(db: Db, id: string): Promise<LineRow | undefined> {
  const [row] = await db.select().from(lines).where(eq(lines.id, id))
  return row
}

export async function isOwnLine(db: Db, address: string): Promise<boolean> {
  return (await db.$count(lines, eq(lines.address, address))) > 0
}

export async function hasLineOn(db: Db, channel: Channel): Promise<boolean> {
  const [row] = await db
    .select({ id: lines.id })
    .from(lines)
    .where(eq(lines.channel, channel))
    .limit(1)
  return row !== undefined
}

/** Which of these are our own. */
export async function ownLinesAmong(db: Db, addresses: string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ address: lines.address })
    .from(lines)
    .where(inArray(lines.address, addresses))
  return new Set(rows.map(({ address }) => address))
}

/** Where a new contact is texted from unless somebody says otherwise: the first inbox line of the channel. */
export async function defaultLine(db: Db, channel: Channel): Promise<LineRow | undefined> {
  const [row] = await db
    .select()
    .from(lines)
    .where(sql`${lines.channel} = ${channel} and ${lines.mode} = 'inbox'`)
    .orderBy(asc(lines.createdAt), asc(lines.id))
    .limit(1)
  return row
}

type NewLine = Pick<LineRow, 'address' | 'channel' | 'name' | 'mode' | 'autoReply'>

/** Undefined when there is a line with this address. */
export async function createLine(db: Db, given: NewLine): Promise<string | undefined> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .insert(lines)
      .values(given)
      .onConflictDoNothing()
      .returning({ id: lines.id })
    if (row) await recordChanges(tx, [{ type: 'line.changed', subjectId: row.id }])
    return row?.id
  })
}

const changeable = [
  'name',
  'mode',
  'autoReply',
  'hours',
  'awayReply',
  'segmentsPerSecond',
] as const satisfies (keyof LineRow)[]
type Changeable = (typeof changeable)[number]
type LineChange = { [Name in Changeable]?: LineRow[Name] | undefined }

/** What differs from before. `in_use`: a line with a group stays in group mode. */
export async function changeLine(
  db: Db,
  id: string,
  change: LineChange,
): Promise<Changeable[] | 'missing' | 'in_use'> {
  return db.transaction(async (tx) => {
    const [locked] = await tx.select().from(lines).where(eq(lines.id, id)).for('no key update')
    if (!locked) return 'missing'
    const hasGroup = await tx.$count(
      conversations,
      sql`${conversations.lineId} = ${id} and ${conversations.kind} = 'group'`,
    )
    if (change.mode === 'inbox' && hasGroup > 0) return 'in_use'
    const differs = changeable.filter(
      (name) => change[name] !== undefined && !isDeepStrictEqual(change[name], locked[name]),
    )
    if (differs.length === 0) return differs
    await tx
      .update(lines)
      .set({ ...change, name: change.name ?? locked.name })
      .where(eq(lines.id, id))
    await recordChanges(tx, [{ type: 'line.changed', subjectId: id }])
    return differs
  })
}
