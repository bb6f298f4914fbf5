import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { createProducer } from '@partyline/kit/jobs'
import { connectRedis } from '@partyline/kit/redis'
import { startRedis } from '@partyline/standalone/redis'
import { quickFolder } from './quick-folder.ts'
import type { Stack } from './stack.ts'

/** The stack on a Redis of its own that writes everything to disk, and what it wrote. */
export async function withOwnRedis(stack: Stack) {
  await using starting = new AsyncDisposableStack()
  const folder = await mkdtemp(path.join(quickFolder, 'partyline-redis-'))
  starting.defer(() => rm(folder, { recursive: true, force: true }))
  const server = await startRedis({ folder, password: 'test', durable: true })
  starting.defer(() => server.stop())
  const connect = (use: 'worker' | 'producer') =>
    starting.adopt(connectRedis({ url: server.url, prefix: stack.prefix }, use, stack.log), (it) =>
      it.disconnect(),
    )
  const redis = connect('worker')
  const hasty = connect('producer')
  await new Promise((resolve) => hasty.once('ready', resolve))
  const producer = starting.adopt(createProducer(hasty, stack.prefix, stack.log), (it) =>
    it.close(),
  )
  const resources = starting.move()
  return {
    ...{ ...stack, redisUrl: server.url, redis, producer },
    /** Every command that ever changed it, and all its files. */
    async written(): Promise<string> {
      const files = await readdir(folder, { recursive: true, withFileTypes: true })
      const texts = files
        .filter((file) => file.isFile())
        .map((file) => readFile(path.join(file.parentPath, file.name), 'latin1'))
      return (await Promise.all(texts)).join('\n')
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}
