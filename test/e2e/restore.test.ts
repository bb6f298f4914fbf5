import { randomUUID } from 'node:crypto'
import { connectPostgres, createDb } from '@partyline/db/client'
import { deliveries } from '@partyline/db/schema/deliveries'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenGroup } from '../support/given.ts'
import { runLine, type RunningLine } from '../support/run-line.ts'
import { type Stack, test } from '../support/stack.ts'

const group = '+15558675310'
const people = { '+14155550101': 'Ana', '+14155550102': 'Ben' }
const [ana, ben] = Object.keys(people) as [string, string]
const received = ({ simulator }: RunningLine) =>
  simulator
    .messagesOn(ben)
    .filter((message) => !message.fromPhone)
    .map((message) => message.body)
const states = async ({ db }: Pick<Stack, 'db'>) =>
  (await db.select().from(deliveries).orderBy(deliveries.seq)).map((delivery) => delivery.state)

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
  return { ...stack, db, databaseUrl: dump.href }
}

test('T33: after an old copy of the database was put back nothing old is sent again, and new texts go out', async ({
  stack,
}) => {
  await givenGroup(stack.db, { address: group, members: people })
  await using line = await runLine(stack, { dispatchers: 0, sending: { settleMs: 1_000 } })
  line.simulator.addNumber({ address: group, name: 'Conference' })
  for (const [address, name] of Object.entries(people)) line.simulator.addPhone({ address, name })
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

test('a dispatcher that was away for long, with nothing put back, sends what waits at once', async ({
  stack,
}) => {
  await givenGroup(stack.db, { address: group, members: people })
  await using line = await runLine(stack, { dispatchers: 0, sending: { settleMs: 60_000 } })
  line.simulator.addNumber({ address: group, name: 'Conference' })
  for (const [address, name] of Object.entries(people)) line.simulator.addPhone({ address, name })
  const silent = sql`
    insert into dispatchers (id, seen_at) values (${randomUUID()}, now() - interval '1 hour')
  `
  await stack.db.execute(silent)
  await line.simulator.text({ from: ana, to: group, body: 'Hello' })
  await using dispatcher = await line.dispatch()

  await expect.poll(() => received(line)).toEqual(['Ana: Hello'])
  expect(await stack.db.execute(sql`select 1 from breakers`)).toHaveLength(0)
  expect(dispatcher).toBeDefined()
})
