import {
  inboundEnvelope,
  type InboundWebhook,
  sealPurpose,
  type StatusCallback,
  statusEnvelope,
} from '@partyline/contracts/jobs'
import { createWorker } from '@partyline/kit/jobs'
import { connectRedis } from '@partyline/kit/redis'
import { createSeal } from '@partyline/kit/seal'
import { redisOf, type Stack } from './stack.ts'
import { account } from './webhook.ts'

/** Takes what the ingress enqueues, in the dispatcher's place. */
export async function collectJobs(stack: Stack) {
  const inbound: InboundWebhook[][] = []
  const statuses: StatusCallback[][] = []
  const { open } = createSeal([account.token], sealPurpose)
  const redis = connectRedis(redisOf(stack), 'worker', stack.log)
  const common = { redis, prefix: stack.prefix, concurrency: 1, log: stack.log }
  const workers = [
    createWorker({
      ...common,
      queue: 'inbound',
      handlers: {
        'inbound.accept': async ({ sealed }) =>
          void inbound.push(inboundEnvelope.parse(open(sealed))),
      },
    }),
    createWorker({
      ...common,
      queue: 'status',
      handlers: {
        'status.apply': async ({ sealed }) =>
          void statuses.push(statusEnvelope.parse(open(sealed))),
        'message.adopt': async () => undefined,
      },
    }),
  ]
  await Promise.all(workers.map((worker) => worker.start()))
  return {
    inbound,
    webhooks: () => inbound.flat(),
    callbacks: () => statuses.flat(),
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map((worker) => worker.stop()))
      redis.disconnect()
    },
  }
}
