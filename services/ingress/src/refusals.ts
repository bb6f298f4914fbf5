import type { Redis } from '@partyline/kit/redis'
import {
  keptRefusals,
  refusedWebhooksKey,
  type WebhookRefusal,
} from '@partyline/contracts/webhook-notes'
import type { Logger } from '@partyline/kit/log'
import { withoutNumbers } from '@partyline/kit/without-numbers'

export type Refusal = Pick<WebhookRefusal, 'url' | 'reason'>

export interface RefusalLog {
  /** `findMatch` is asked only for what is noted. */
  add(refusal: Refusal, ip: string, findMatch?: () => string | null): void
}

const perMinute = 20
const minuteMs = 60_000
const maxAddresses = 10_000
/** Of all senders together, in a second of this process. */
const perSecond = 50
/** Looking for the address it was signed for costs a few dozen hashes. */
const matchesPerSecond = 5
const collectMs = 100

/**
 * The last refused webhooks, for whoever wonders why nothing arrives. No part of the text is kept. Whoever
 * sends many is written down no more for a minute, so that a flood hides nobody else's; that is all that
 * is limited, because behind one address there may be Twilio too, and a good signature always counts.
 * What is noted goes to Redis together, so that a flood from everywhere is a few writes a second.
 */
export function createRefusalLog(
  redis: Redis,
  prefix: string,
  log: Logger,
  now: () => number = Date.now,
): RefusalLog {
  const key = refusedWebhooksKey(prefix)
  const counts = new Map<string, { count: number; until: number }>()
  let second = { until: 0, count: 0 }
  let collected: string[] | undefined

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

  function countInSecond(): number {
    if (second.until <= now()) second = { until: now() + 1_000, count: 0 }
    return (second.count += 1)
  }

  function keep(entry: string) {
    if (collected) {
      collected.push(entry)
      return
    }
    collected = [entry]
    setTimeout(() => {
      const entries = collected ?? []
      collected = undefined
      redis
        .multi()
        .lpush(key, ...entries)
        .ltrim(key, 0, keptRefusals - 1)
        .exec()
        .catch(() => log.debug('refusals were not kept: Redis is away'))
    }, collectMs)
  }

  return {
    add(refusal, ip, findMatch) {
      const count = countOf(ip)
      if (count === perMinute + 1) log.warn({ ip }, 'many webhooks refused: a minute without notes')
      if (count > perMinute) return
      const inSecond = countInSecond()
      if (inSecond > perSecond) return
      const matchingUrl = inSecond <= matchesPerSecond ? (findMatch?.() ?? null) : null
      const noted = {
        ...refusal,
        url: withoutNumbers(refusal.url),
        matchingUrl: matchingUrl && withoutNumbers(matchingUrl),
      }
      log.warn({ ...noted, ip }, 'webhook refused')
      keep(JSON.stringify({ ...noted, at: new Date().toISOString() } satisfies WebhookRefusal))
    },
  }
}
