import { countHour, hourMs, idAt } from '@partyline/db/queries/count-hour'
import { isHistoryCounted } from '@partyline/db/queries/countings'
import { postMessage } from '@partyline/db/queries/post-message'
import { lineHours } from '@partyline/db/schema/statistics'
import { sumByTime, sumHours } from '@partyline/db/queries/statistics'
import { countHistory, countRecent } from '@partyline/dispatcher/statistics/count-up'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Db } from '@partyline/db/client'
import { givenDirect, givenGroup, givenLine } from '../../support/given.ts'
import { test } from '../../support/stack.ts'

type Said = Pick<Parameters<typeof postMessage>[1], 'conversationId' | 'kind' | 'direction'>

/** Says it at a time: ids tell when, so the id is made for that time. */
async function say(db: Db, given: Said & { by: 'user' | 'contact' | 'system' }, at: Date) {
  const { by, ...draft } = given
  const author = { kind: by, id: null, name: 'Somebody', address: null }
  const { message } = await db.transaction((tx) =>
    postMessage(tx, { ...draft, author, body: 'Hello' }),
  )
  const tail = message.id.slice(14)
  const id = `${idAt(at).slice(0, 14)}${tail}`
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(sql`update messages set id = ${id}::uuid where id = ${message.id}::uuid`)
    await tx.execute(sql`
      update deliveries set message_id = ${id}::uuid,
        id = overlay(id::text placing ${idAt(at).slice(0, 14)} from 1)::uuid
      where message_id = ${message.id}::uuid`)
  })
}

const hour = new Date(Math.floor(Date.now() / hourMs) * hourMs - 100 * hourMs)
const at = (seconds: number) => new Date(hour.getTime() + seconds * 1_000)

async function givenHour(db: Db) {
  const line = await givenLine(db, { address: '+15550100001' })
  const { conversationId } = await givenDirect(db, { lineId: line.id, address: '+12065550101' })
  const inbound = { conversationId, kind: 'text', direction: 'inbound', by: 'contact' } as const
  const answer = { conversationId, kind: 'text', direction: 'outbound', by: 'user' } as const
  await say(db, inbound, at(0))
  await say(db, inbound, at(60))
  await say(db, { ...answer, kind: 'auto_reply', by: 'system' }, at(61))
  await say(db, answer, at(100))
  await say(db, answer, at(200))
  await say(db, inbound, at(3_000))
  await say(db, answer, at(3_610))
  return line
}

test('an hour counts texts by line, and an answer from the first text that waited for it', async ({
  stack: { db },
}) => {
  const line = await givenHour(db)
  await db.execute(sql`update deliveries set state = 'accepted', status = 'delivered'
    where id in (select id from deliveries order by id limit 2)`)
  const range = { from: hour, to: at(2 * 3_600) }

  await countHour(db, hour)
  await countHour(db, hour)
  await countHour(db, at(3_600))

  const told = await sumByTime(db, range, { by: 'hour', timeZone: 'UTC' })
  expect(told.buckets).toEqual([
    {
      ...{ at: hour.toISOString(), inbound: 3, outbound: 3, delivered: 2, failed: 0 },
      ...{ answers: 1, medianAnswerSeconds: 100 },
    },
    {
      ...{ at: at(3_600).toISOString(), inbound: 0, outbound: 1, delivered: 0, failed: 0 },
      ...{ answers: 1, medianAnswerSeconds: 610 },
    },
  ])
  expect(await sumHours(db, { ...range, lineId: line.id })).toMatchObject({ outbound: 4 })
  expect(await sumHours(db, { from: hour, to: at(1_800) })).toMatchObject({ inbound: 2 })

  await db.execute(sql`delete from conversations`)
  await countHour(db, hour)
  expect(await sumHours(db, { from: hour, to: at(3_600) })).toMatchObject({ inbound: 0 })
})

test('what a member texts in a group counts once in, and once out for each of the others', async ({
  stack: { db },
}) => {
  const members = { '+12065550101': 'Ana', '+12065550102': 'Ben', '+12065550103': 'Cleo' }
  const { conversationId } = await givenGroup(db, { address: '+15550100002', members })
  await say(db, { conversationId, kind: 'text', direction: 'inbound', by: 'contact' }, at(5))
  await countHour(db, hour)
  expect(await db.select().from(lineHours)).toMatchObject([
    { inbound: 1, outbound: 3, answerSeconds: Buffer.of() },
  ])
})

test('several dispatchers count what is recent in turns, and fill what was before once', async ({
  stack: { db },
}) => {
  await givenHour(db)
  const deps = depsOf(db)
  expect(await isHistoryCounted(db)).toBe(false)

  await Promise.all([countHistory(deps), countHistory(deps), countRecent(deps)])

  expect(await isHistoryCounted(db)).toBe(true)
  expect(await sumHours(db, { from: hour, to: at(7_200) })).toMatchObject({ inbound: 3 })
  await db.execute(sql`delete from line_hours`)
  await Promise.all([countHistory(deps), countRecent(deps)])
  expect(await db.$count(lineHours)).toBe(0)
})

const depsOf = (db: Db) =>
  ({ db, stopping: new AbortController().signal }) as Parameters<typeof countRecent>[0]

test('texts of days in which no dispatcher ran are counted once one does', async ({
  stack: { db },
}) => {
  await Promise.all([countHistory(depsOf(db)), countRecent(depsOf(db))])
  await givenHour(db)
  await db.execute(sql`
    update countings set next_at = now() - interval '110 hours' where name <> 'history'
  `)

  await countRecent(depsOf(db))

  expect(await sumHours(db, { from: hour, to: at(7_200) })).toMatchObject({ inbound: 3 })
})

test('what a dispatcher that died at its first count left out is counted with the past', async ({
  stack: { db },
}) => {
  const line = await givenLine(db, { address: '+15550100001' })
  const { conversationId } = await givenDirect(db, { lineId: line.id, address: '+12065550101' })
  const ago = new Date(Date.now() - 10 * hourMs)
  await say(db, { conversationId, kind: 'text', direction: 'inbound', by: 'contact' }, ago)

  await countHistory(depsOf(db))

  expect(await db.select().from(lineHours)).toMatchObject([{ inbound: 1 }])
})
