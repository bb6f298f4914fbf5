import { Redis } from 'ioredis'
import type { Logger } from './log.ts'
import { createSlotConnector } from './slot-connector.ts'
import { createSlotFinder } from './slot-finder.ts'

export type { Redis }

export interface RedisAddress {
  /** Of a Redis, or of any node of a Redis Cluster; rediss: for TLS. */
  url: string
  /** Of all our keys, with the hash tag that keeps them on one node. */
  prefix: string
}

const retryStrategy = (times: number) =>
  Math.min(50 * 2 ** Math.min(times, 5), 1_000) + Math.floor(Math.random() * 100)

/** A worker waits for Redis for ever; a producer must fail while its caller can still be told. */
const patience = {
  worker: {
    maxRetriesPerRequest: null,
    // Longer than a blocking read. A host that vanished says nothing, and another may have its place.
    socketTimeout: 30_000,
  },
  producer: {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    connectTimeout: 2_000,
    // Never on a worker's connection: its blocking reads would time out and no job would run.
    commandTimeout: 1_000,
    socketTimeout: 3_000,
  },
} as const

/** What ioredis does with a command that was sent to the wrong node, besides connecting anew. */
const elsewhere = {
  worker: 2, // sends it again
  producer: 1, // its caller is told
} as const

/** Connects in the background and keeps reconnecting, at most a second and a bit apart. */
export function connectRedis(
  { url, prefix }: RedisAddress,
  use: 'worker' | 'producer',
  log: Logger,
): Redis {
  const finder = createSlotFinder(prefix)
  const redis = new Redis(url, {
    ...patience[use],
    retryStrategy,
    Connector: createSlotConnector(finder),
    reconnectOnError: (error) => finder.isElsewhere(error) && elsewhere[use],
    connectionName: `partyline-${use}`,
  })
  redis.on('error', (error: Error) => {
    // How one ends that we close ourselves is no news. Set by `disconnect`, and missing in its types.
    if (Reflect.get(redis, 'manuallyClosing') === true) return
    log.warn({ reason: error.message }, 'redis connection')
  })
  return redis
}
