import type { Redis } from '@partyline/kit/redis'
import type { Logger } from '@partyline/kit/log'

export interface Refusal {
  /** The address whose signature was checked: what PUBLIC_URL made of it. */
  url: string
  reason: 'no signature' | 'bad signature' | 'foreign account'
}

export interface RefusalLog {
  add(refusal: Refusal): void
}

const kept = 100

/** The last refused webhooks, for whoever wonders why nothing arrives. No part of the text is kept. */
export function createRefusalLog(redis: Redis, prefix: string, log: Logger): RefusalLog {
  const key = `${prefix}:refused-webhooks`
  return {
    add(refusal) {
      log.warn(refusal, 'webhook refused')
      const entry = JSON.stringify({ ...refusal, at: new Date().toISOString() })
      redis
        .multi()
        .lpush(key, entry)
        .ltrim(key, 0, kept - 1)
        .exec()
        .catch(() => log.debug('the refusal was not kept: Redis is away'))
    },
  }
}
