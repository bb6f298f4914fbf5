import type { Db } from '@partyline/db/client'
import type { BlobStore } from '@partyline/kit/blobs'
import type { Doorbell } from '@partyline/kit/doorbell'
import type { Http } from '@partyline/kit/http'
import type { Producer } from '@partyline/kit/jobs'
import type { Redis } from '@partyline/kit/redis'
import type { Logger } from '@partyline/kit/log'
import type { Tracing } from '@partyline/kit/tracing'
import type { SessionCookie } from '@partyline/kit/session-cookie'
import type { Config } from './config.ts'
import type { Rings } from './rings.ts'
import type { SignInThrottle } from './sign-in-throttle.ts'

export interface Deps {
  config: Pick<
    Config,
    | 'publicUrl'
    | 'accountSid'
    | 'defaultCountry'
    | 'limit'
    | 'limits'
    | 'pushHosts'
    | 'simulated'
    | 'admin'
    | 'trustedProxies'
  > & { redis: { prefix: string } }
  log: Logger
  tracing: Tracing
  db: Db
  /** In producer haste. Nothing is kept there that cannot be lost. */
  redis: Redis
  /** On a connection in producer haste. */
  producer: Producer
  feedBell: Doorbell
  blobs: BlobStore
}

/** What the routes work with. */
export interface RouteDeps extends Deps {
  cookie: SessionCookie
  rings: Rings
  throttle: SignInThrottle
}

export type Routes = (http: Http, deps: RouteDeps) => void
