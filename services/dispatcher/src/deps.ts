import type { Redis } from '@partyline/kit/redis'
import type { Db } from '@partyline/db/client'
import type { BlobStore } from '@partyline/kit/blobs'
import type { Doorbell } from '@partyline/kit/doorbell'
import type { Producer } from '@partyline/kit/jobs'
import type { Logger } from '@partyline/kit/log'
import type { Config } from './config.ts'
import type { Twilio } from './twilio/client.ts'

export interface Deps {
  config: Pick<Config, 'publicUrl' | 'redis' | 'twilio'>
  log: Logger
  db: Db
  /** In worker patience. */
  redis: Redis
  /** On a connection in producer haste. */
  producer: Producer
  feedBell: Doorbell
  blobs: BlobStore
}

/** What the jobs work with. */
export interface JobDeps extends Deps {
  twilio: Twilio
  rings: Rings
}

/** Doorbells for work that is committed. They never fail: what they fail to announce, the sweeper finds. */
export interface Rings {
  deliveries(lineId: string, count?: number): Promise<void>
  media(messageId: string): Promise<void>
  adopt(messageSid: string): Promise<void>
}
