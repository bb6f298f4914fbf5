import { connectPostgres, type Db } from '@partyline/db/client'
import { applyStatusEvents } from '@partyline/db/queries/apply-statuses'
import { insertStatusEvents, listWaitingStatuses } from '@partyline/db/queries/status-events'
import { deliveries, statusEvents } from '@partyline/db/schema/deliveries'
import { messages } from '@partyline/db/schema/messages'
import { createDispatcherMetrics } from '@partyline/dispatcher/metrics/dispatcher-metrics'
import { settleEnded } from '@partyline/dispatcher/recover/settle-ended'
import { createRings } from '@partyline/dispatcher/rings'
import { createLineFaults } from '@partyline/dispatcher/send/line-faults'
import { createDoorbell } from '@partyline/kit/doorbell'
import { asc, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import { expect } from 'vitest'
import { ana, ben, givenConference } from '../../support/conference.ts'
import { say } from '../../support/say.ts'
import { type Stack, test } from '../../support/stack.ts'

type Listed = Parameters<typeof settleEnded>[1][number]

/** As Twilio's list shows a text of ours. */
const listed = (sid: string, status: string, errorCode: number | null = null): Listed => ({
  ...{ sid, status, errorCode, direction: 'outbound-api' },
})

/** What settles, and how many statements it has asked of Postgres. */
function givenSettling(
  { databaseUrl, log, producer, redis, prefix }: Stack,
  resources: AsyncDisposableStack,
) {
  const pool = resources.adopt(connectPostgres(databaseUrl, { name: 'test' }), (it) => it.end())
  const asked = { statements: 0 }
  const db = drizzle(pool, { logger: { logQuery: () => void (asked.statements += 1) } })
  const rings = createRings(producer, log)
  const feedBell = createDoorbell(redis, prefix, 'feed', log)
  const { signal: stopping } = new AbortController()
  const common = { log, rings, feedBell, stopping, metrics: createDispatcherMetrics() }
  const lineFaults = createLineFaults()
  return {
    asked,
    settle: (texts: Listed[]) => settleEnded({ db, sendingDb: db, lineFaults, ...common }, texts),
  }
}

/** A text to Ana and Ben that is sent, as far as we know. */
async function givenSent(db: Db, body: string) {
  const { conversationId } = await givenConference(db)
  await say(db, conversationId, body)
  await db.execute(sql`
    update deliveries set attempt = 1, state = 'accepted', status = 'sent', status_rank = 4,
      twilio_sid = 'SM' || address`)
}

test('a thousand ends of Twilio’s list are settled in a few statements, and settling them again changes nothing', async ({
  stack,
}) => {
  const { db } = stack
  await using resources = new AsyncDisposableStack()
  const { asked, settle } = givenSettling(stack, resources)
  const { conversationId } = await givenConference(db)
  await db.execute(sql`
    insert into members (conversation_id, kind, name, address)
    select ${conversationId}, 'guest', 'Guest', '+1415' || (5560000 + n) from generate_series(1, 998) as n`)
  await say(db, conversationId, 'ok')
  await db.execute(sql`
    update deliveries set state = 'accepted', attempt = 1, status = 'sent', status_rank = 4,
      twilio_sid = 'SM' || id`)
  const rows = await db.select().from(deliveries).orderBy(asc(deliveries.id))
  const list = rows.map(({ twilioSid }) => listed(twilioSid ?? '', 'delivered'))
  const changes = async () => db.execute(sql`select max(id) as last, count(*) from events`)

  await settle([...list, listed('SMof another program', 'delivered')])

  expect(rows).toHaveLength(1_000)
  expect(asked.statements).toBeLessThanOrEqual(3 * 4)
  expect(await db.select().from(messages)).toMatchObject([
    { totalCount: 1_000, deliveredCount: 1_000 },
  ])
  const before = await changes()
  await settle(list)
  expect(await changes()).toEqual(before)
})

test('the list lowers no status, ends nothing that is under way, and speaks only of the try that it knows', async ({
  stack,
}) => {
  const { db } = stack
  await using resources = new AsyncDisposableStack()
  const { settle } = givenSettling(stack, resources)
  const { conversationId } = await givenConference(db)
  for (const body of ['one', 'two', 'three']) await say(db, conversationId, body)
  await db.execute(sql`
    update deliveries set attempt = 1, state = 'accepted', status = 'sent', status_rank = 4,
      twilio_sid = 'SM' || seq || case when address like '%1' then 'a' else 'b' end`)
  await db.execute(sql`
    update deliveries set status = 'delivered', status_rank = 7 where twilio_sid = 'SM1a'`)
  await db.execute(sql`
    update deliveries set state = 'queued', attempt = 2, twilio_sid = null, status = null, status_rank = 0
    where twilio_sid = 'SM2a'`)
  await db.execute(sql`
    update deliveries set status = 'queued', status_rank = 2 where twilio_sid = 'SM3b'`)

  await settle([
    listed('SM1a', 'undelivered', 30003),
    listed('SM1b', 'sending'),
    listed('SM3b', 'sent'),
    listed('SM2a', 'undelivered', 30003),
    listed('SM2b', 'undelivered', 30003),
    listed('SM3a', 'delivered'),
  ])

  const kept = await db.select().from(deliveries).orderBy(asc(deliveries.seq), deliveries.address)
  expect(kept.map(({ state, status, errorCode }) => [state, status, errorCode])).toEqual([
    ['accepted', 'delivered', null],
    ['accepted', 'sent', null],
    ['queued', null, null],
    ['accepted', 'undelivered', 30003],
    ['accepted', 'delivered', null],
    ['accepted', 'queued', null],
  ])
  const told = await db.select().from(statusEvents).orderBy(statusEvents.messageSid)
  expect(told).toMatchObject([{ messageSid: 'SM2b' }, { messageSid: 'SM3a' }])
})

test('an end that a process kept before it died is told once, by the sweeper', async ({
  stack,
}) => {
  const { db } = stack
  await using resources = new AsyncDisposableStack()
  const { settle } = givenSettling(stack, resources)
  await givenSent(db, 'one')
  const params = { MessageSid: `SM${ana}`, MessageStatus: 'delivered' }
  const receivedAt = new Date(Date.now() - 60_000).toISOString()
  const kept = [{ params, receivedAt, deliveryId: null, attempt: null }]
  await insertStatusEvents(db, kept, 'asked')

  await settle([listed(`SM${ana}`, 'delivered'), listed(`SM${ben}`, 'delivered')])
  const waiting = await listWaitingStatuses(db, 10)
  await applyStatusEvents(db, waiting)

  expect(waiting).toEqual([`SM${ana}`])
  expect(await db.$count(deliveries, sql`status = 'delivered'`)).toBe(2)
  expect(await db.$count(statusEvents)).toBe(2)
  expect(await listWaitingStatuses(db, 10)).toEqual([])
})

test('T23: two texts alike that were taken for one another both come to their end, once', async ({
  stack,
}) => {
  const { db } = stack
  await using resources = new AsyncDisposableStack()
  const { settle } = givenSettling(stack, resources)
  await givenSent(db, 'ok')
  const [one, other] = await db.select().from(deliveries)
  const callbacks = [
    { MessageSid: one?.twilioSid ?? '', deliveryId: other?.id ?? null },
    { MessageSid: other?.twilioSid ?? '', deliveryId: one?.id ?? null },
  ].map(({ MessageSid, deliveryId }) => {
    const params = { MessageSid, MessageStatus: 'delivered' }
    return { params, receivedAt: new Date().toISOString(), deliveryId, attempt: 1 }
  })
  await applyStatusEvents(db, await insertStatusEvents(db, callbacks))
  expect(await db.$count(deliveries, sql`status = 'delivered'`)).toBe(0)

  await settle([listed(`SM${ana}`, 'delivered'), listed(`SM${ben}`, 'delivered')])

  expect(await db.$count(deliveries, sql`status = 'delivered'`)).toBe(2)
  expect(await db.select().from(statusEvents)).toMatchObject([
    { source: 'callback' },
    { source: 'callback' },
  ])
})
