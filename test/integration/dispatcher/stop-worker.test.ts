import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { createProducer, createWorker } from '@partyline/kit/jobs'
import { connectRedis } from '@partyline/kit/redis'
import { startRedis } from '@partyline/standalone/redis'
import { expect } from 'vitest'
import { type Stack, test } from '../../support/stack.ts'

/** A worker of media jobs on a Redis of its own. */
async function runWorker(stack: Stack, work: () => Promise<void> = async () => undefined) {
  await using starting = new AsyncDisposableStack()
  const folder = stack.dataFolder
  const server = await startRedis({ folder, password: 'test', durable: false })
  starting.defer(() => server.stop())
  const connect = (use: 'worker' | 'producer') =>
    starting.adopt(connectRedis({ url: server.url, prefix: stack.prefix }, use, stack.log), (it) =>
      it.disconnect(),
    )
  const hasty = connect('producer')
  await expect.poll(() => hasty.status).toBe('ready')
  const worker = createWorker({
    ...{ queue: 'media', redis: connect('worker'), prefix: stack.prefix, concurrency: 1 },
    ...{ log: stack.log, handlers: { 'media.fetch': work } },
  })
  await worker.start()
  const producer = createProducer(hasty, stack.prefix, stack.log)
  const pid = Number(await readFile(path.join(folder, 'redis.pid'), 'utf8'))
  const resources = starting.move()
  return { worker, producer, server, pid, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

async function msToStop(worker: { stop(): Promise<void> }): Promise<number> {
  const before = performance.now()
  await worker.stop()
  return performance.now() - before
}

test('a worker whose Redis is away stops within seconds', async ({ stack }) => {
  await using running = await runWorker(stack)
  await running.server.stop()

  expect(await msToStop(running.worker)).toBeLessThan(5_000)
})

test('a worker whose Redis hangs stops within seconds', async ({ stack }) => {
  await using running = await runWorker(stack)
  process.kill(running.pid, 'SIGSTOP')
  try {
    expect(await msToStop(running.worker)).toBeLessThan(5_000)
  } finally {
    process.kill(running.pid, 'SIGCONT')
  }
})

test('a job that is under way is finished before its worker has stopped', async ({ stack }) => {
  const begun = Promise.withResolvers<undefined>()
  const log: string[] = []
  await using running = await runWorker(stack, async () => {
    begun.resolve(undefined)
    await setTimeout(100)
    log.push('job done')
  })
  await running.producer.enqueue('media.fetch', { messageId: crypto.randomUUID() })
  await begun.promise

  await running.worker.stop()
  expect(log).toEqual(['job done'])
})
