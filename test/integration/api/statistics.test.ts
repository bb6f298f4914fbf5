import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { lineEndpoints } from '@partyline/contracts/api/lines'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { needyDeliveryEndpoints } from '@partyline/contracts/api/needy-deliveries'
import { statisticsEndpoints } from '@partyline/contracts/api/statistics'
import { countHour, hourMs } from '@partyline/db/queries/count-hour'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { makeLine, test } from './running-api.ts'

const hourOf = (iso: string) => new Date(Math.floor(Date.parse(iso) / hourMs) * hourMs)

test('statistics tell a span of time, the one before it, and each line', async ({
  stack: { db },
  admin,
  ana,
}) => {
  const line = await makeLine(admin)
  const body = { lineId: line.id, address: '+12065550101' }
  const { id } = await ana.call(conversationEndpoints.create, {}, body)
  const given = { body: 'Hello', clientKey: 'a' }
  const hour = hourOf((await ana.call(messageEndpoints.send, { id }, given)).createdAt)
  await countHour(db, hour)
  await db.execute(sql`insert into line_hours (line_id, hour, inbound, answer_seconds) values
    (${line.id}, now() - interval '55 hours', 7, int4send(10) || int4send(20) || int4send(900))`)
  const query = { from: new Date(Date.now() - 86_400_000).toISOString(), timeZone: 'Asia/Tokyo' }

  const told = await ana.call(
    statisticsEndpoints.get,
    {},
    { ...query, to: new Date(Date.now() + hourMs).toISOString() },
  )
  expect(told).toMatchObject({
    total: { outbound: 1, inbound: 0, medianAnswerSeconds: null },
    before: { inbound: 7, answers: 3, medianAnswerSeconds: 20 },
    lines: [{ lineId: line.id, outbound: 1 }],
    complete: false,
  })
  const dayMs = 24 * hourMs
  const inTokyo = Math.floor((hour.getTime() + 9 * hourMs) / dayMs) * dayMs - 9 * hourMs
  expect(told.buckets).toMatchObject([{ at: new Date(inTokyo).toISOString(), outbound: 1 }])
  // Browsers know zones by names that Postgres may not have.
  const unknown = sql`select now() at time zone 'US/Pacific-New'`
  await expect(db.execute(unknown)).rejects.toThrow()
  // Not over before the last of these questions is answered.
  const inAMinute = new Date(Date.now() + 60_000).toISOString()
  const old = { ...query, to: inAMinute, timeZone: 'US/Pacific-New' }
  expect((await ana.call(statisticsEndpoints.get, {}, old)).total.inbound).toBe(0)

  // The hour that is going on is counted for what there is of it, not for what it may become.
  await db.execute(sql`update line_hours set outbound = 1000 where outbound = 1`)
  const { total } = await ana.call(statisticsEndpoints.get, {}, old)
  expect(total.outbound).toBe(1000)

  for (const wrong of [{ to: query.from }, { to: '2999-01-01T00:00:00Z' }]) {
    const answer = await ana.try(statisticsEndpoints.get, {}, { ...query, ...wrong })
    expect(answer.status).toBe(400)
  }
})

test('what needs a person is counted and listed for whoever may see it, and for nobody else', async ({
  stack: { db },
  admin,
  ana,
  ben,
}) => {
  const line = await makeLine(admin)
  for (const [who, phone] of ['+12065550101', '+12065550102', '+12065550103'].entries()) {
    const body = { lineId: line.id, address: phone, ...(who === 0 && { visibility: 'private' }) }
    const { id } = await ana.call(conversationEndpoints.create, {}, body)
    await ana.call(messageEndpoints.send, { id }, { body: `Text ${who}`, clientKey: phone })
  }
  await db.execute(sql`update deliveries set state = 'failed', error_code = 30003`)
  await db.execute(sql`update deliveries set state = 'review', cause = 'send_cap'
    where address like '%0103'`)
  await db.execute(sql`update conversations set waiting_since = now() - interval '1 hour'`)
  await db.execute(sql`insert into scheduled_messages
    (conversation_id, sender_id, client_key, body, media_ids, send_at, problem)
    select id, owner_id, 'k', 'Later', '{}', now(), 'They texted STOP.' from conversations
    where owner_id is not null`)

  expect(await ana.call(statisticsEndpoints.attention)).toMatchObject({
    waiting: { count: 3, oldest: [{}, {}, {}] },
    ...{ unknown: 0, failed: 2, review: [{ cause: 'send_cap', count: 1 }] },
    scheduled: { count: 1, items: [{ body: 'Later', problem: 'They texted STOP.' }] },
  })
  expect(await ben.call(statisticsEndpoints.attention)).toMatchObject({
    waiting: { count: 2 },
    failed: 1,
    scheduled: { count: 0, items: [] },
  })

  const list = (given: object) => ana.call(needyDeliveryEndpoints.list, {}, given)
  const first = await list({ need: 'failed', limit: 1 })
  const next = await list({ need: 'failed', limit: 1, cursor: first.nextCursor })
  expect([...first.items, ...next.items].map((one) => one.message.preview)).toEqual([
    'Text 1',
    'Text 0',
  ])
  expect(next.nextCursor).toBeNull()
  expect((await list({ need: 'review', cause: 'send_cap' })).items).toMatchObject([
    { status: 'review', conversation: { kind: 'direct' }, message: { authorName: 'Ana' } },
  ])
  expect((await list({ need: 'unknown' })).items).toEqual([])
  expect((await ben.call(needyDeliveryEndpoints.list, {}, { need: 'failed' })).items).toHaveLength(
    1,
  )
})

test('a line that is behind says how many texts wait, since when, and until when about', async ({
  stack: { db },
  admin,
  ana,
}) => {
  const line = await makeLine(admin)
  const body = { lineId: line.id, address: '+12065550101' }
  const { id } = await ana.call(conversationEndpoints.create, {}, body)
  for (const clientKey of ['a', 'b', 'c']) {
    await ana.call(messageEndpoints.send, { id }, { body: 'Hello', clientKey })
  }
  const behind = async () => (await ana.call(statisticsEndpoints.attention)).backlog
  expect(await behind()).toEqual([])

  // One has just come, one has its hour yet to come: the first is not late, the other not due.
  const [, late, later] = await db.execute<{ id: string }>(
    sql`update deliveries set segments = 10 returning id`,
  )
  const oldestAt = new Date(Date.now() - 240_000).toISOString()
  await db.execute(sql`update deliveries set next_at = ${oldestAt} where id = ${late?.id}`)
  await db.execute(sql`update deliveries set next_at = now() + interval '1 hour'
    where id = ${later?.id}`)
  expect(await behind()).toEqual([{ lineId: line.id, texts: 2, oldestAt, secondsToEmpty: 20 }])

  await admin.call(lineEndpoints.change, { id: line.id }, { segmentsPerSecond: 4 })
  expect(await behind()).toMatchObject([{ secondsToEmpty: 5 }])
})
