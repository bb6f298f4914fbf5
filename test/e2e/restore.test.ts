import { randomUUID } from 'node:crypto'
import { connectPostgres, createDb } from '@partyline/db/client'
import { findTrouble } from '@partyline/db/queries/breaker'
import { deliveries } from '@partyline/db/schema/deliveries'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { sendAsAnotherProgram } from '../support/another-program.ts'
import {
  addPhones,
  ana,
  ben,
  givenConference,
  group,
  people,
  received,
} from '../support/conference.ts'
import { givenGroup } from '../support/given.ts'
import { runLine } from '../support/run-line.ts'
import { openAsServices } from '../support/service-urls.ts'
import { say } from '../support/say.ts'
import { type Stack, test } from '../support/stack.ts'
import { toldOfSystem } from '../support/told-of-system.ts'

const states = async ({ db }: Pick<Stack, 'db'>) =>
  (await db.select().from(deliveries).orderBy(deliveries.seq)).map((delivery) => delivery.state)

const longSilence = sql`
  insert into dispatchers (id, seen_at) values (${randomUUID()}, now() - interval '1 hour')
`

/** What a dump of ten minutes ago would be, put back; with an empty Redis. */
async function putBack(stack: Stack, resources: AsyncDisposableStack): Promise<Stack> {
  const dump = new URL(stack.databaseUrl)
  const name = `restored_${randomUUID().replaceAll('-', '')}`
  const from = dump.pathname.slice(1)
  dump.pathname = '/postgres'
  const admin = connectPostgres(dump.href, { name: 'test', max: 1 })
  resources.defer(() => admin.end())
  await admin`
    select pg_terminate_backend(pid) from pg_stat_activity where datname = ${from}
  `
  await admin`create database ${admin(name)} template ${admin(from)}`
  resources.defer(async () => {
    await admin`drop database ${admin(name)} with (force)`
  })
  dump.pathname = `/${name}`
  const pool = connectPostgres(dump.href, { name: 'test', max: 4 })
  resources.defer(() => pool.end())
  const db = createDb(pool)
  await db.execute(sql`update dispatchers set seen_at = now() - interval '10 minutes'`)
  await db.execute(sql`update backfills set watermark = now() - interval '10 minutes'`)
  const asServices = openAsServices(dump.href, resources)
  return { ...stack, ...asServices, db, databaseUrl: dump.href }
}

test('T33: after an old copy of the database was put back nothing old is sent again, and new texts go out', async ({
  stack,
}) => {
  await givenConference(stack.db)
  await using line = await runLine(stack, { dispatchers: 0, sending: { settleMs: 1_000 } })
  addPhones(line)
  {
    await using first = await line.dispatch()
    line.simulator.misbehave({ unauthorized: 1 })
    await line.simulator.text({ from: ana, to: group, body: 'waiting at the dump' })
    await expect.poll(() => states(stack)).toEqual(['queued'])
    expect(first).toBeDefined()
  }
  await using resources = new AsyncDisposableStack()
  const restored = await putBack(stack, resources)
  {
    line.simulator.misbehave({})
    await stack.db.execute(sql`delete from breakers`)
    await using original = await line.dispatch()
    await line.simulator.text({ from: ana, to: group, body: 'after the dump' })
    await expect
      .poll(() => received(line))
      .toEqual(['Ana: waiting at the dump', 'Ana: after the dump'])
    expect(original).toBeDefined()
  }

  await restored.db.execute(sql`delete from breakers`)
  await using again = await line.dispatch(restored)
  await expect.poll(() => states(restored)).toEqual(['accepted', 'accepted'])
  await line.simulator.text({ from: ana, to: group, body: 'new' })

  await expect.poll(() => received(line)).toContain('Ana: new')
  expect(received(line)).toEqual(['Ana: waiting at the dump', 'Ana: after the dump', 'Ana: new'])
  expect(line.simulator.judge()).toMatchObject({ total: 3, doubles: [] })
  expect(again).toBeDefined()
})

test('T33: what Twilio took and has not sent yet is not sent again either', async ({ stack }) => {
  const { conversationId } = await givenConference(stack.db)
  await using line = await runLine(stack, {
    dispatchers: 0,
    sending: { settleMs: 1_000 },
    latencyMs: 60_000,
  })
  line.simulator.addNumber({ address: group, name: 'Conference' })
  await stack.db.execute(longSilence)
  await say(stack.db, conversationId, 'Hello')
  await using resources = new AsyncDisposableStack()
  const restored = await putBack(stack, resources)
  {
    await using original = await line.dispatch()
    await expect.poll(() => states(stack)).toEqual(['accepted', 'accepted'])
    expect(original).toBeDefined()
  }

  await using again = await line.dispatch(restored)

  await expect.poll(() => states(restored)).toEqual(['accepted', 'accepted'])
  expect(line.simulator.judge()).toMatchObject({ total: 2, doubles: [] })
  expect(again).toBeDefined()
})

test('a dispatcher that was away for long, with nothing put back, sends what waits at once', async ({
  stack,
}) => {
  await givenConference(stack.db)
  await using line = await runLine(stack, { dispatchers: 0, sending: { settleMs: 60_000 } })
  addPhones(line)
  await stack.db.execute(longSilence)
  await line.simulator.text({ from: ana, to: group, body: 'Hello' })
  await using dispatcher = await line.dispatch()

  await expect.poll(() => received(line)).toEqual(['Ana: Hello'])
  expect(await stack.db.execute(sql`select 1 from breakers`)).toHaveLength(0)
  expect(dispatcher).toBeDefined()
})

test('another program that texted from our line while nobody ran keeps nobody waiting but those it texted', async ({
  stack,
}) => {
  const cyd = '+14155550103'
  const { conversationId } = await givenGroup(stack.db, {
    address: group,
    members: { ...people, [cyd]: 'Cyd' },
  })
  await using line = await runLine(stack, {
    dispatchers: 0,
    sending: { settleMs: 2_000, whenAbsent: 'hold' },
  })
  addPhones(line)
  line.simulator.addPhone({ address: cyd, name: 'Cyd' })
  await stack.db.execute(longSilence)
  line.simulator.misbehave({ dropCallbacks: 1 })
  await sendAsAnotherProgram(line.simulator, { from: group, to: ben, body: 'Your table is ready' })
  await say(stack.db, conversationId, 'Hello')
  await using dispatcher = await line.dispatch()

  const stateOf = async () =>
    Object.fromEntries(
      (await stack.db.select().from(deliveries)).map(({ address, state }) => [address, state]),
    )
  await expect.poll(stateOf).toEqual({ [ana]: 'accepted', [ben]: 'review', [cyd]: 'accepted' })
  expect(received(line)).toEqual(['Your table is ready'])
  expect(dispatcher).toBeDefined()
})

test('after a silence nothing is sent while Twilio’s list cannot be read, and that is told', async ({
  stack,
}) => {
  const { conversationId } = await givenConference(stack.db)
  await using line = await runLine(stack, { dispatchers: 0 })
  line.simulator.addNumber({ address: group, name: 'Conference' })
  await stack.db.execute(longSilence)
  await say(stack.db, conversationId, 'Hello')
  line.simulator.misbehave({ listFails: 1 })
  await using dispatcher = await line.dispatch()

  await expect.poll(() => findTrouble(stack.db)).toMatchObject({ cause: 'unread' })
  expect(await states(stack)).toEqual(['queued', 'queued'])
  expect(line.simulator.judge().total).toBe(0)

  line.simulator.misbehave({})
  await expect.poll(() => states(stack)).toEqual(['accepted', 'accepted'])
  expect(await findTrouble(stack.db)).toBeUndefined()
  expect(await toldOfSystem(stack.db)).toBe(2)
  expect(dispatcher).toBeDefined()
})
