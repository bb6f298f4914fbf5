import { createLog } from '@partyline/kit/log'
import { onDoorbell } from '@partyline/kit/doorbell'
import { createProducer } from '@partyline/kit/jobs'
import { connectRedis } from '@partyline/kit/redis'
import { checkRedisDurability } from '@partyline/kit/redis-durability'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { addPhones, ana, givenConference, group, received } from '../support/conference.ts'
import { beyondASecond } from '../support/beyond-a-second.ts'
import { startRedisCluster } from '../support/redis-cluster.ts'
import { runLine } from '../support/run-line.ts'
import { type Stack, test } from '../support/stack.ts'

const prefix = '{partyline}'

/** The group of two on a cluster that is known by one node, which holds none of our keys. */
async function runOnCluster(stack: Stack, resources: AsyncDisposableStack) {
  const cluster = await startRedisCluster(stack.dataFolder, prefix, resources)
  const known = cluster.other
  const lines: string[] = []
  const log = createLog('test', 'debug', { write: (line: string) => void lines.push(line) })
  const address = { url: known.url, prefix }
  const connect = (use: 'worker' | 'producer') =>
    resources.adopt(connectRedis(address, use, log), (it) => it.disconnect())
  const redis = connect('worker')
  const hasty = connect('producer')
  await new Promise((resolve) => hasty.once('ready', resolve))
  const producer = createProducer(hasty, prefix, log)
  await givenConference(stack.db)
  const line = resources.use(
    await runLine(
      { ...stack, log, prefix, redisUrl: known.url, redis, producer },
      { dispatchers: 2 },
    ),
  )
  addPhones(line)
  return { ...cluster, known, hasty, line, lines }
}

const fallenBack = (stack: Stack) =>
  stack.db.execute(sql`select 1 from inbox where source = 'fallback'`)

test('a Redis Cluster is used by the address of any node, goes on without a node, and changes masters', async ({
  stack,
}) => {
  await using resources = new AsyncDisposableStack()
  const { owner, replica, known, hasty, line, lines } = await runOnCluster(stack, resources)
  const text = (body: string) => line.simulator.text({ from: ana, to: group, body })
  const say = async (body: string, said = text(body)) => {
    expect((await said).webhook).toBe('ok')
    await expect.poll(() => received(line), { interval: 10 }).toContain(`Ana: ${body}`)
  }
  const delivered = sql`select 1 from deliveries where status = 'delivered'`

  let rings = 0
  const elsewhere = resources.adopt(known.redis.duplicate(), (it) => it.disconnect())
  elsewhere.on('error', () => undefined)
  await onDoorbell(elsewhere, prefix, 'feed', () => (rings += 1))

  await say('one')
  await expect.poll(() => rings).toBeGreaterThan(0)
  await expect.poll(() => stack.db.execute(delivered)).toHaveLength(1)
  expect(await fallenBack(stack)).toHaveLength(0)
  expect(await checkRedisDurability(known.url)).toEqual({ state: 'durable' })
  await replica.redis.config('SET', 'appendfsync', 'everysec')
  expect(await checkRedisDurability(known.url)).toMatchObject({ state: 'unsafe' })
  // Nothing was asked of a node that does not hold it.
  expect(lines.filter((each) => /MOVED|CROSSSLOT|"level":(40|50|60)/.test(each))).toEqual([])

  await known.signal('SIGKILL')
  await say('two')
  expect(await fallenBack(stack)).toHaveLength(0)
  await known.start()

  await owner.signal('SIGSTOP')
  resources.defer(() => owner.signal('SIGCONT'))
  const three = text('three')
  expect(await beyondASecond(three)).toBeLessThan(500)
  await say('three', three)
  expect(await fallenBack(stack)).toHaveLength(1)
  await expect.poll(() => hasty.ping().catch(() => 'away'), { timeout: 10_000 }).toBe('PONG')
  await say('four')
  expect(await fallenBack(stack)).toHaveLength(1)
  expect(received(line)).toEqual(['Ana: one', 'Ana: two', 'Ana: three', 'Ana: four'])
  expect(line.simulator.judge()).toMatchObject({ total: 4, doubles: [] })
})
