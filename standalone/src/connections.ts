import { connectPostgres, createDb, type Db } from '@partyline/db/client'
import type { ServiceUrls } from '@partyline/db/roles'
import { connectSending, createSendingDb } from '@partyline/db/sending-pool'
import type { BlobStore } from '@partyline/kit/blobs'
import { createDoorbell, type Doorbell } from '@partyline/kit/doorbell'
import { createProducer, type Producer } from '@partyline/kit/jobs'
import type { Logger } from '@partyline/kit/log'
import { createBlobs, type MediaStore } from '@partyline/kit/media-store'
import { connectRedis, type RedisAddress } from '@partyline/kit/redis'

type Redis = ReturnType<typeof connectRedis>

/** What the services of one process share. */
export interface Connections {
  /** Each service's, as a database user of its own where there are such. */
  dbs: Record<keyof ServiceUrls, Db>
  sendingDb: Db
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
  serviceUrls: ServiceUrls | undefined
  redis: RedisAddress
  dataFolder: string
  mediaStore: MediaStore
}

export function connect(
  { databaseUrl, serviceUrls, redis, dataFolder, mediaStore }: Addresses,
  log: Logger,
  resources: AsyncDisposableStack,
): Connections {
  const urlOf = (name: keyof ServiceUrls) => serviceUrls?.[name] ?? databaseUrl
  const openDb = (name: keyof ServiceUrls, max: number) => {
    const sql = connectPostgres(urlOf(name), { name, max })
    resources.defer(() => sql.end({ timeout: 5 }))
    return createDb(sql)
  }
  const sendingSql = connectSending(urlOf('dispatcher'))
  resources.defer(() => sendingSql.end({ timeout: 5 }))
  const open = (use: 'worker' | 'producer') =>
    resources.adopt(connectRedis(redis, use, log), (connection) => connection.disconnect())
  const hasty = open('producer')
  const producer = createProducer(hasty, redis.prefix, log)
  resources.defer(() => producer.close())
  return {
    dbs: {
      ingress: openDb('ingress', 4),
      dispatcher: openDb('dispatcher', 20),
      realtime: openDb('realtime', 5),
      api: openDb('api', 10),
    },
    sendingDb: createSendingDb(sendingSql),
    redis: open('worker'),
    subscriber: open('worker'),
    hasty,
    producer,
    feedBell: createDoorbell(hasty, redis.prefix, 'feed', log),
    blobs: createBlobs(mediaStore, dataFolder),
  }
}
