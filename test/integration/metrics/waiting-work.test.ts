import { connectPostgres, createDb, type Db } from '@partyline/db/client'
import { insertInbox, maxAttempts } from '@partyline/db/queries/inbox'
import { watchWork } from '@partyline/dispatcher/metrics/watch-work'
import { createMetrics } from '@partyline/kit/metrics'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenDirect, givenLine } from '../../support/given.ts'
import { say } from '../../support/say.ts'
import { readScrape } from '../../support/scrape.ts'
import { silentServer } from '../../support/silent-server.ts'
import { type Stack, test } from '../../support/stack.ts'
import { textParams } from '../../support/webhook.ts'

/** As a dispatcher's database user, and as its first scrape. */
async function look({ producer, dbs }: Stack, db: Db = dbs.dispatcher) {
  const metrics = createMetrics('test')
  watchWork(metrics, { db, producer })
  return readScrape((await metrics.scrape()).text)
}

async function givenQueued({ db }: Stack, name: string, texts: number) {
  const line = await givenLine(db, { address: '+15558675310', name })
  const direct = await givenDirect(db, { lineId: line.id, address: '+14155550101' })
  for (let text = 1; text <= texts; text += 1) await say(db, direct.conversationId, `Hi ${text}`)
  return line.id
}

test('a delivery that was due 30 s ago is 30 s old, and its line says so by name, without its number', async ({
  stack,
}) => {
  const line = await givenQueued(stack, 'Desk +1 555 867 5310', 3)
  await stack.db.execute(sql`
    update deliveries set next_at = now() + interval '1 hour' where seq > 1
  `)
  await stack.db.execute(sql`
    update deliveries set next_at = now() - interval '30 seconds' where seq = 1
  `)

  const seen = await look(stack)

  const age = seen.of('partyline_oldest_due_delivery_age_seconds')
  expect(age).toBeGreaterThanOrEqual(30)
  expect(age).toBeLessThan(60)
  expect(seen.of('partyline_line_oldest_due_delivery_age_seconds', { line })).toBe(age)
  expect(seen.of('partyline_deliveries_queued')).toBe(3)
  expect(seen.of('partyline_line_deliveries_queued', { line })).toBe(3)
  expect(seen.of('partyline_line_rate_segments_per_second', { line })).toBe(1)
  expect(seen.of('partyline_line_info', { line, name: 'Desk …5310' })).toBe(1)
  expect(seen.text).not.toMatch(/867.?5310/)
})

test('of the deliveries of a group and of one person the one that is due longest counts', async ({
  stack,
}) => {
  await givenQueued(stack, 'Desk', 2)
  await stack.db.execute(sql`
    update deliveries set priority = seq - 1, next_at = now() - seq * interval '100 seconds'
  `)

  const seen = await look(stack)

  expect(seen.of('partyline_oldest_due_delivery_age_seconds')).toBeGreaterThanOrEqual(200)
})

test('texts that wait and dead letters are told apart', async ({ stack }) => {
  const receivedAt = new Date(Date.now() - 90_000).toISOString()
  const webhooks = [1, 2, 3].map(() => ({ params: textParams(), receivedAt }))
  const [dead] = await insertInbox(stack.db, webhooks, 'webhook')
  await stack.db.execute(sql`
    update inbox set attempts = ${maxAttempts}, received_at = now() - interval '1 day'
    where message_sid = ${dead}
  `)
  await stack.producer.enqueue('inbound.accept', { sealed: 'of no interest' })

  const seen = await look(stack)

  expect(seen.of('partyline_dead_letters')).toBe(1)
  expect(seen.of('partyline_inbox_texts')).toBe(2)
  const age = (store: string) =>
    seen.of('partyline_oldest_unprocessed_age_seconds', { kind: 'text', store })
  expect(age('postgres')).toBeGreaterThanOrEqual(90)
  expect(age('postgres')).toBeLessThan(3_600)
  expect(age('redis')).toBeGreaterThan(0)
  expect(seen.of('partyline_oldest_unprocessed_age_seconds', { kind: 'status' })).toBe(0)
})

test('deliveries in doubt, those that wait for a person, and what pauses sending are counted', async ({
  stack,
}) => {
  await givenQueued(stack, 'Desk', 4)
  await stack.db.execute(sql`
    update deliveries set attempt_at = now() - interval '10 minutes',
      state = case when seq = 1 then 'unknown' else 'review' end::delivery_state,
      cause = case when seq = 4 then 'send_cap' when seq > 1 then 'absent_twice' end
  `)
  await stack.db.execute(sql`
    insert into breakers (name, error_code, probe_at) values ('twilio', 20003, now())
  `)
  await stack.db.execute(sql`
    insert into backfills (name, watermark, failures) values ('twilio', now() - interval '1 hour', 4)
  `)

  const seen = await look(stack)

  expect(seen.of('partyline_deliveries_unknown')).toBe(1)
  expect(seen.of('partyline_oldest_unknown_delivery_age_seconds')).toBeGreaterThanOrEqual(600)
  const inReview = (cause: string) => seen.of('partyline_deliveries_in_review', { cause })
  expect(['send_cap', 'absent_twice', 'unsettled'].map(inReview)).toEqual([1, 2, 0])
  const open = (cause: string) => seen.of('partyline_breaker_open', { cause })
  expect(['refused', 'ahead'].map(open)).toEqual([1, 0])
  expect(seen.of('partyline_backfill_age_seconds')).toBeGreaterThanOrEqual(3_600)
  expect(seen.of('partyline_backfill_failures')).toBe(4)
})

test('with nothing to do every age is 0', async ({ stack }) => {
  const seen = await look(stack)

  const ages = seen.text.split('\n').filter((line) => /^partyline_\w*age_seconds/.test(line))
  expect(ages.map((line) => line.split(' ').at(-1))).toEqual(Array(6).fill('0'))
})

test('without Postgres a figure of Postgres is no figure, and those of Redis are there', async ({
  stack,
}) => {
  const away = connectPostgres('postgres://127.0.0.1:1/none', { name: 'test' })
  await stack.producer.enqueue('inbound.accept', { sealed: 'of no interest' })

  const seen = await look(stack, createDb(away))

  expect(seen.of('partyline_oldest_due_delivery_age_seconds')).toBeUndefined()
  expect(seen.of('partyline_dead_letters')).toBeUndefined()
  expect(seen.of('partyline_deliveries_in_review')).toBeUndefined()
  const unprocessed = 'partyline_oldest_unprocessed_age_seconds'
  expect(seen.of(unprocessed, { store: 'postgres' })).toBeUndefined()
  expect(seen.of(unprocessed, { store: 'redis', kind: 'text' })).toBeGreaterThan(0)
  await away.end({ timeout: 0 })
})

test('a Postgres that hangs keeps a scrape waiting for two seconds, and no second one longer', async ({
  stack,
}) => {
  using silent = await silentServer()
  const hung = connectPostgres(`postgres://127.0.0.1:${silent.port}/none`, { name: 'test' })
  const metrics = createMetrics('test')
  watchWork(metrics, { db: createDb(hung), producer: stack.producer })
  const began = performance.now()

  const [first, second] = await Promise.all([metrics.scrape(), metrics.scrape()])

  expect(performance.now() - began).toBeLessThan(4_000)
  for (const { text } of [first, second]) {
    expect(readScrape(text).of('partyline_deliveries_queued')).toBeUndefined()
    expect(readScrape(text).of('process_start_time_seconds')).toBeGreaterThan(0)
  }
  await hung.end({ timeout: 0 })
})
