import { randomBytes } from 'node:crypto'
import { serviceUrls } from '@partyline/db/service-urls'
import type { Installation } from '../installation.ts'
import type { KeptSecrets } from '../kept-secrets.ts'
import type { ServiceName } from '../programs.ts'

export interface Stores {
  /** Of the bundled ones, whether they are used or not. */
  passwords: { postgres: string; redis: string }
  ownerUrl: string
  /** As which user each service connects; undefined when all of them do as the owner. */
  serviceUrls: Record<ServiceName, string> | undefined
  redisUrl: string
}

const newPassword = () => randomBytes(24).toString('base64url')

/** Where Postgres and Redis are: those that are named, or the containers beside us. */
export function findStores(read: Installation, secret: KeptSecrets): Stores {
  const passwords = {
    postgres: secret('postgres password', newPassword),
    redis: secret('redis password', newPassword),
  }
  const ownerUrl =
    read.DATABASE_URL ?? `postgres://partyline:${passwords.postgres}@postgres:5432/partyline`
  return {
    passwords,
    ownerUrl,
    serviceUrls: read.DATABASE_USERS === 'own' ? ownUsers(ownerUrl, secret) : undefined,
    redisUrl: read.REDIS_URL ?? `redis://:${passwords.redis}@redis:6379`,
  }
}

/** Users belong to the whole server, which may hold another Partyline with another owner. */
function ownUsers(ownerUrl: string, secret: KeptSecrets): Record<ServiceName, string> {
  const owner = decodeURIComponent(new URL(ownerUrl).username) || 'partyline'
  return serviceUrls(ownerUrl, (service) => ({
    name: `${owner}_${service}`,
    password: secret(`postgres password of ${service}`, newPassword),
  }))
}
