import { connectPostgres } from '@partyline/db/client'
import { postMessage } from '@partyline/db/queries/post-message'
import { deliveries } from '@partyline/db/schema/deliveries'
import { lines } from '@partyline/db/schema/lines'
import { createDispatcherMetrics } from '@partyline/dispatcher/metrics/dispatcher-metrics'
import { settleUnknown } from '@partyline/dispatcher/settle/settle-unknown'
import { createRings } from '@partyline/dispatcher/rings'
import { createTwilio, type Twilio } from '@partyline/dispatcher/twilio/client'
import { createDoorbell } from '@partyline/kit/doorbell'
import { asc, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import { expect } from 'vitest'
import { givenGroup } from '../../support/given.ts'
import { type RunningLine, runLine } from '../../support/run-line.ts'
import { type Stack, test } from '../../support/stack.ts'
import { account, publicUrl } from '../../support/webhook.ts'

const group = '+15558675310'
const sending = {
  ...{ timeoutMs: 5_000, concurrency: 100, leaseMs: 8_000, settleMs: 1_000 },
  whenAbsent: 'resend_after_settle' as const,
}
const credentials = { accountSid: account.sid, username: account.sid, password: account.token }
const phoneOf = (index: number) => `+1415${String(5_550_000 + index)}`

/** As after a restore: everybody is owed the same text twice, and nobody knows who has it. */
async function givenInDoubt(
  { db }: Stack,
  people: number,
): Promise<{ id: string; address: string }[]> {
  const { conversationId } = await givenGroup(db, { address: group, members: {} })
  await db.update(lines).set({ segmentsPerSecond: 1_000 })
  await db.execute(sql`
    insert into members (conversation_id, kind, name, address)
    select ${conversationId}, 'guest', 'Guest', '+1415' || (5550000 + n)
    from generate_series(0, ${people - 1}::int) as n
  `)
  for (let text = 0; text < 2; text += 1) {
    await db.transaction((tx) =>
      postMessage(tx, {
        conversationId,
        ...{ kind: 'text', direction: 'outbound', body: 'ok' },
        author: { kind: 'system', id: null, name: 'Admin', address: null },
      }),
    )
  }
  await db.execute(sql`
    update deliveries set state = 'unknown', attempt = 1, attempt_at = now() - interval '10 minutes'
  `)
  return db.select().from(deliveries).orderBy(asc(deliveries.seq))
}

/** Two fifths of the people have both texts, two fifths the first one, one fifth none. */
async function sendAsBefore({ simulator }: RunningLine, owed: { id: string; address: string }[]) {
  simulator.addNumber({ address: group, name: 'Conference' })
  simulator.misbehave({ dropCallbacks: 1 })
  const twilio = createTwilio({ ...credentials, apiUrl: simulator.apiUrl }, sending.timeoutMs)
  const people = owed.length / 2
  const sentTo = (text: number) =>
    new Set(
      Array.from({ length: (people * (text === 0 ? 4 : 2)) / 5 }, (_, index) => phoneOf(index)),
    )
  const sent = owed.filter(({ address }, index) => sentTo(index < people ? 0 : 1).has(address))
  for (let start = 0; start < sent.length; start += 50) {
    await Promise.all(
      sent.slice(start, start + 50).map(({ id, address }) =>
        twilio.send({
          ...{ from: group, to: address, body: 'Admin: ok', mediaUrls: [] },
          statusCallback: `${publicUrl}/webhooks/twilio/status?delivery=${id}&attempt=1`,
        }),
      ),
    )
  }
  await twilio.close()
  return sent.map(({ id }) => id)
}

/** Settles everything; what it asks of Postgres and of Twilio for that. */
async function settleAll(
  { databaseUrl, log, producer, redis, prefix, db: own }: Stack,
  apiUrl: string,
) {
  await using resources = new AsyncDisposableStack()
  const pool = resources.adopt(connectPostgres(databaseUrl, { name: 'test' }), (it) => it.end())
  const asked = { passes: 0, statements: 0, lists: 0 }
  const db = drizzle(pool, { logger: { logQuery: () => void (asked.statements += 1) } })
  const twilio = createTwilio({ ...credentials, apiUrl }, sending.timeoutMs)
  resources.defer(() => twilio.close())
  const counted: Twilio = {
    ...twilio,
    listSent(given) {
      asked.lists += 1
      return twilio.listSent(given)
    },
    listCreatedSince(since) {
      asked.lists += 1
      return twilio.listCreatedSince(since)
    },
  }
  const rings = createRings(producer, log)
  const feedBell = createDoorbell(redis, prefix, 'feed', log)
  const metrics = createDispatcherMetrics()
  const deps = { db, twilio: counted, log, rings, feedBell, metrics, config: { sending } }
  await expect
    .poll(async () => {
      if ((await settleUnknown(deps)) > 0) asked.passes += 1
      else asked.statements -= 1
      return own.$count(deliveries, sql`state = 'unknown'`)
    })
    .toBe(0)
  return asked
}

test('T33: of thousands in doubt each that Twilio has is bound to its own text, and the others go out once', async ({
  stack,
}) => {
  const people = 1_000
  await using line = await runLine(stack, { dispatchers: 0 })
  const owed = await givenInDoubt(stack, people)
  const sent = await sendAsBefore(line, owed)
  const began = performance.now()

  const asked = await settleAll(stack, line.simulator.apiUrl)

  expect(asked.passes).toBe(2)
  expect(asked.lists).toBe(2)
  expect(asked.statements).toBeLessThanOrEqual(2 * 6)
  expect(performance.now() - began).toBeLessThan(15_000)
  const rows = await stack.db.select().from(deliveries)
  const found = rows.filter(({ state }) => state === 'accepted').map(({ id }) => id)
  expect(found.toSorted()).toEqual(sent.toSorted())

  line.simulator.misbehave({})
  await using dispatcher = await line.dispatch()
  await expect
    .poll(() => stack.db.$count(deliveries, sql`state = 'accepted'`), { timeout: 30_000 })
    .toBe(owed.length)
  expect(line.simulator.judge()).toMatchObject({ total: owed.length, doubles: [] })
  expect(dispatcher).toBeDefined()
})
