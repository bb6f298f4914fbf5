import type { Redis } from '@partyline/kit/redis'
import type { Db } from '@partyline/db/client'
import type { BlobStore } from '@partyline/kit/blobs'
import type { Doorbell } from '@partyline/kit/doorbell'
import type { Producer } from '@partyline/kit/jobs'
import type { Logger } from '@partyline/kit/log'
import type { Tracing } from '@partyline/kit/tracing'
import type { Config } from './config.ts'
import type { Takers } from './inbound/takers.ts'
import type { DispatcherMetrics } from './metrics/dispatcher-metrics.ts'
import type { LineFaults } from './send/line-faults.ts'
import type { RateLimiter } from './send/rate-limiter.ts'
import type { PushClient } from './push/push-client.ts'
import type { Slots } from './send/slots.ts'
import type { Twilio } from './twilio/client.ts'

export interface Deps {
  config: Pick<
    Config,
    | 'publicUrl'
    | 'redis'
    | 'authTokens'
    | 'twilio'
    | 'sending'
    | 'limits'
    | 'recovering'
    | 'pushHosts'
  >
  log: Logger
  tracing: Tracing
  db: Db
  /** For what is repeated all the time: claims, their results, callbacks. */
  sendingDb: Db
  /** In worker patience. */
  redis: Redis
  /** In producer haste. */
  hasty: Redis
  /** On a connection in producer haste. */
  producer: Producer
  feedBell: Doorbell
  blobs: BlobStore
}

/** What the jobs work with. */
export interface JobDeps extends Deps {
  metrics: DispatcherMetrics
  twilio: Twilio
  pushClient: PushClient
  rings: Rings
  takers: Takers
  limiter: RateLimiter
  slots: Slots
  lineFaults: LineFaults
  /** What this process knows of the breaker; the truth is in Postgres. */
  breaker: { open: boolean }
  /** Aborted once nothing new may be begun. */
  stopping: AbortSignal
}

/**
 * Doorbells for work that is committed. They never throw: false says that nobody heard, and the sweeper
 * finds the work by itself.
 */
export interface Rings {
  deliveries(lineId: string, count?: number): Promise<boolean>
  /** When the line may send again. Repeats while one is waiting are dropped. */
  later(lineId: string, inMs: number): Promise<boolean>
  media(messageId: string): Promise<boolean>
  pushes(): Promise<boolean>
  adopt(messageSid: string): Promise<boolean>
}
