import { connectPostgres, createDb, type Db } from '@partyline/db/client'
import type { BlobStore } from '@partyline/kit/blobs'
import { createDoorbell, type Doorbell } from '@partyline/kit/doorbell'
import { createProducer, type Producer } from '@partyline/kit/jobs'
import type { Logger } from '@partyline/kit/log'
import { createBlobs, type MediaStore } from '@partyline/kit/media-store'
import { connectRedis } from '@partyline/kit/redis'

type Redis = ReturnType<typeof connectRedis>

/** What the services of one process share. */
export interface Connections {
  db: Db
  /** In worker patience. */
  redis: Redis
  /** In worker patience, and free to be subscribed. */
  subscriber: Redis
  /** In producer haste. */
  hasty: Redis
  producer: Producer
  feedBell: Doorbell
  blobs: BlobStore
}

interface Addresses {
  databaseUrl: string
  redis: { url: string; prefix: string }
  dataFolder: string
  mediaStore: MediaStore
}

export function connect(
  { databaseUrl, redis, dataFolder, mediaStore }: Addresses,
  log: Logger,
  resources: AsyncDisposableStack,
): Connections {
  const sql = connectPostgres(databaseUrl, { name: 'standalone', max: 30 })
  resources.defer(() => sql.end({ timeout: 5 }))
  const open = (use: 'worker' | 'producer') =>
    resources.adopt(connectRedis(redis.url, use, log), (connection) => connection.disconnect())
  const hasty = open('producer')
  const producer = createProducer(hasty, redis.prefix, log)
  resources.defer(() => producer.close())
  return {
    db: createDb(sql),
    redis: open('worker'),
    subscriber: open('worker'),
    hasty,
    producer,
    feedBell: createDoorbell(hasty, redis.prefix, 'feed', log),
    blobs: createBlobs(mediaStore, dataFolder),
  }
}
