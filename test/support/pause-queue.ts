import type { QueueName } from '@partyline/contracts/jobs'
// eslint-disable-next-line no-restricted-imports -- nothing in the product holds a queue up
import { Queue } from 'bullmq'
import type { Stack } from './stack.ts'

/** What is enqueued waits until it is resumed, however many workers there are. */
export async function pauseQueue({ redis, prefix }: Stack, name: QueueName) {
  const queue = new Queue(name, { connection: redis, prefix })
  await queue.pause()
  return {
    resume: () => queue.resume(),
    [Symbol.asyncDispose]: async () => {
      await queue.resume()
      await queue.close()
    },
  }
}
