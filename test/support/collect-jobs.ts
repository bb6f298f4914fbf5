import type { JobPayload } from '@partyline/contracts/jobs'
import { createWorker } from '@partyline/kit/jobs'
import { connectRedis } from '@partyline/kit/redis'
import type { Stack } from './stack.ts'

/** Takes what the ingress enqueues, in the dispatcher's place. */
export async function collectJobs(stack: Stack) {
  const inbound: JobPayload<'inbound.accept'>[] = []
  const statuses: JobPayload<'status.apply'>[] = []
  const redis = connectRedis(stack.redisUrl, 'worker', stack.log)
  const common = { redis, prefix: stack.prefix, concurrency: 1, log: stack.log }
  const workers = [
    createWorker({
      ...common,
      queue: 'inbound',
      handlers: { 'inbound.accept': async (payload) => void inbound.push(payload) },
    }),
    createWorker({
      ...common,
      queue: 'status',
      handlers: {
        'status.apply': async (payload) => void statuses.push(payload),
        'message.adopt': async () => undefined,
      },
    }),
  ]
  await Promise.all(workers.map((worker) => worker.start()))
  return {
    inbound,
    webhooks: () => inbound.flatMap((job) => job.webhooks),
    callbacks: () => statuses.flatMap((job) => job.callbacks),
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map((worker) => worker.stop()))
      redis.disconnect()
    },
  }
}
