import type { Redis } from '@partyline/kit/redis'
import type { Logger } from '@partyline/kit/log'
import { withoutNumbers } from '@partyline/kit/without-numbers'

export interface Refusal {
  /** The address whose signature was checked: what PUBLIC_URL made of it. */
  url: string
  reason: 'no signature' | 'bad signature' | 'foreign account'
}

export interface RefusalLog {
  add(refusal: Refusal, ip: string): void
}

/** A list of JSON, newest first: a `Refusal` and when it was. */
export const refusedWebhooksKey = (prefix: string) => `${prefix}:refused-webhooks`

const kept = 100
const perMinute = 20
const minuteMs = 60_000
const maxAddresses = 10_000

/**
 * The last refused webhooks, for whoever wonders why nothing arrives. No part of the text is kept. Whoever
 * sends many is written down no more for a minute, so that a flood hides nobody else's; that is all that
 * is limited, because behind one address there may be Twilio too, and a good signature always counts.
 */
export function createRefusalLog(
  redis: Redis,
  prefix: string,
  log: Logger,
  now: () => number = Date.now,
): RefusalLog {
  const key = refusedWebhooksKey(prefix)
  const counts = new Map<string, { count: number; until: number }>()

  function countOf(ip: string): number {
    const known = counts.get(ip)
    if (known && known.until > now()) return (known.count += 1)
    // The oldest goes first, so memory is bounded whoever asks.
    counts.delete(ip)
    const [oldest] = counts.keys()
    if (counts.size >= maxAddresses && oldest !== undefined) counts.delete(oldest)
    counts.set(ip, { count: 1, until: now() + minuteMs })
    return 1
  }

  return {
    add(refusal, ip) {
      const count = countOf(ip)
      if (count === perMinute + 1) log.warn({ ip }, 'many webhooks refused: a minute without notes')
      if (count > perMinute) return
      const noted = { ...refusal, url: withoutNumbers(refusal.url) }
      log.warn({ ...noted, ip }, 'webhook refused')
      const entry = JSON.stringify({ ...noted, at: new Date().toISOString() })
      redis
        .multi()
        .lpush(key, entry)
        .ltrim(key, 0, kept - 1)
        .exec()
        .catch(() => log.debug('the refusal was not kept: Redis is away'))
    },
  }
}
