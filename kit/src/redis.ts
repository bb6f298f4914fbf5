import { Redis } from 'ioredis'
import type { Logger } from './log.ts'

export type { Redis }

const retryStrategy = (times: number) =>
  Math.min(50 * 2 ** Math.min(times, 5), 1_000) + Math.floor(Math.random() * 100)

/** A worker waits for Redis for ever; a producer must fail while its caller can still be told. */
const patience = {
  worker: { maxRetriesPerRequest: null },
  producer: {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    connectTimeout: 2_000,
    // Never on a worker's connection: its blocking reads would time out and no job would run.
    commandTimeout: 1_000,
  },
} as const

/** Connects in the background and keeps reconnecting, at most a second and a bit apart. */
export function connectRedis(url: string, use: 'worker' | 'producer', log: Logger): Redis {
  const redis = new Redis(url, {
    ...patience[use],
    retryStrategy,
    connectionName: `partyline-${use}`,
  })
  redis.on('error', (error: Error) => log.warn({ reason: error.message }, 'redis connection'))
  return redis
}
