import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { freePort } from '@partyline/standalone/free-port'
import { startRedis } from '@partyline/standalone/redis'
import { createProducer } from '@partyline/kit/jobs'
import { connectRedis } from '@partyline/kit/redis'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { beyondASecond } from '../support/beyond-a-second.ts'
import { addPhones, ana, givenConference, group, received } from '../support/conference.ts'
import { runLine } from '../support/run-line.ts'
import { type Stack, test } from '../support/stack.ts'

/** The stack on a Redis that the test can end and start again. */
async function onOwnRedis(stack: Stack, resources: AsyncDisposableStack) {
  const options = {
    ...{ folder: stack.dataFolder, password: 'test', durable: true, port: await freePort() },
  }
  const start = async () => {
    const server = await startRedis(options)
    resources.defer(() => server.stop())
    return server
  }
  const server = await start()
  const signal = async (name: NodeJS.Signals) => {
    const pid = await readFile(path.join(stack.dataFolder, 'redis.pid'), 'utf8')
    process.kill(Number(pid), name)
  }
  const connect = (use: 'worker' | 'producer') =>
    resources.adopt(connectRedis({ url: server.url, prefix: stack.prefix }, use, stack.log), (it) =>
      it.disconnect(),
    )
  const redis = connect('worker')
  const hasty = connect('producer')
  await new Promise((resolve) => hasty.once('ready', resolve))
  const producer = createProducer(hasty, stack.prefix, stack.log)
  return { server, start, signal, stack: { ...stack, redisUrl: server.url, redis, producer } }
}

/** The group of two on it. */
async function runOnOwnRedis(
  stack: Stack,
  resources: AsyncDisposableStack,
  options?: Parameters<typeof runLine>[1],
) {
  const own = await onOwnRedis(stack, resources)
  await givenConference(stack.db)
  const line = resources.use(await runLine(own.stack, options))
  addPhones(line)
  return { own, line }
}

test(
  'T09: while Redis is away texts are taken and relayed, and its return doubles nothing',
  { timeout: 120_000 },
  async ({ stack }) => {
    await using resources = new AsyncDisposableStack()
    const { own, line } = await runOnOwnRedis(stack, resources, { dispatchers: 2 })
    await line.simulator.text({ from: ana, to: group, body: 'before' })
    await expect.poll(() => received(line)).toEqual(['Ana: before'])

    await own.server.stop()
    for (const body of ['one', 'two']) await line.simulator.text({ from: ana, to: group, body })
    await expect.poll(() => received(line)).toEqual(['Ana: before', 'Ana: one', 'Ana: two'])

    await own.start()
    await line.simulator.text({ from: ana, to: group, body: 'after' })
    await expect.poll(() => received(line)).toContain('Ana: after')
    expect(received(line)).toEqual(['Ana: before', 'Ana: one', 'Ana: two', 'Ana: after'])
    expect(line.simulator.judge()).toMatchObject({ total: 4, doubles: [] })
  },
)

test('T11: a Redis that hangs costs a text a second, is left out, and its return doubles nothing', async ({
  stack,
}) => {
  await using resources = new AsyncDisposableStack()
  const { own, line } = await runOnOwnRedis(stack, resources, { dispatchers: 2 })
  await line.simulator.text({ from: ana, to: group, body: 'before' })
  await expect.poll(() => received(line)).toEqual(['Ana: before'])

  await own.signal('SIGSTOP')
  resources.defer(() => own.signal('SIGCONT'))
  const meanwhile = line.simulator.text({ from: ana, to: group, body: 'meanwhile' })
  const beyondMs = await beyondASecond(meanwhile)
  await expect.poll(() => received(line)).toEqual(['Ana: before', 'Ana: meanwhile'])
  await own.signal('SIGCONT')
  await line.simulator.text({ from: ana, to: group, body: 'after' })

  await expect.poll(() => received(line)).toContain('Ana: after')
  expect(received(line)).toEqual(['Ana: before', 'Ana: meanwhile', 'Ana: after'])
  expect((await meanwhile).webhook).toBe('ok')
  expect(beyondMs).toBeLessThan(500)
  expect(line.simulator.judge()).toMatchObject({ total: 3, doubles: [] })
})

test('T08: a Redis that is killed and comes back has every text that was answered', async ({
  stack,
}) => {
  await using resources = new AsyncDisposableStack()
  const { own, line } = await runOnOwnRedis(stack, resources, { dispatchers: 0 })
  for (const body of ['one', 'two']) await line.simulator.text({ from: ana, to: group, body })
  expect(await stack.db.execute('select 1 from inbox')).toHaveLength(0)

  await own.signal('SIGKILL')
  await own.server.exited
  await own.start()
  await using dispatcher = await line.dispatch()

  await expect.poll(() => received(line)).toEqual(['Ana: one', 'Ana: two'])
  await own.signal('SIGKILL')
  await line.simulator.text({ from: ana, to: group, body: 'three' })
  await expect.poll(() => received(line)).toContain('Ana: three')
  expect(line.simulator.judge()).toMatchObject({ total: 3, doubles: [] })
  expect(dispatcher).toBeDefined()
})

test('T10: what FLUSHALL takes away is found again within three seconds', async ({ stack }) => {
  await using resources = new AsyncDisposableStack()
  const { own, line } = await runOnOwnRedis(stack, resources)

  const taken = async () => (await stack.db.execute('select body from messages')).length
  for (const [index, body] of ['one', 'two', 'three'].entries()) {
    await line.simulator.text({ from: ana, to: group, body })
    await expect.poll(taken, { interval: 5 }).toBe(index + 1)
    await own.stack.redis.flushall()
  }

  await expect
    .poll(() => received(line), { timeout: 3_000 })
    .toEqual(['Ana: one', 'Ana: two', 'Ana: three'])
  expect(line.simulator.judge().doubles).toEqual([])
})

test('T09: a picture that comes while Redis is away is fetched and goes out all the same', async ({
  stack,
}) => {
  await using resources = new AsyncDisposableStack()
  const { own, line } = await runOnOwnRedis(stack, resources)
  await own.server.stop()

  const bytes = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64')
  const media = [{ contentType: 'image/gif', bytes }]
  await line.simulator.text({ from: ana, to: group, body: 'look', media })

  const stored = sql`select content_type as type, size_bytes as size from media where state = 'stored'`
  await expect
    .poll(() => stack.db.execute(stored))
    .toEqual([{ type: 'image/gif', size: bytes.length }])
  await expect.poll(() => line.simulator.judge()).toMatchObject({ total: 1, doubles: [] })
})
