import type { Rate } from '@partyline/contracts/sender-rate'
import type { Logger } from '@partyline/kit/log'
import { reasonOf } from '@partyline/kit/reason'
import type { Redis } from '@partyline/kit/redis'

export interface Grant {
  /** Segments that may go now; they are taken from the line's rate. */
  segments: number
  /** With none: how long until there is one. */
  waitMs: number
}

export interface RateLimiter {
  reserve(lineId: string, rate: Rate, wanted: number): Promise<Grant>
  /** Gives back what was reserved and not used; negative takes what was used beyond it. */
  giveBack(lineId: string, rate: Rate, segments: number): Promise<void>
}

/**
 * A bucket for each line, shared by all dispatchers, in the form of one number: the time at which the
 * bucket is full again (GCRA). Kept in Redis time, so that no two clocks have to agree.
 */
const reserveScript = `
local t = redis.call('TIME')
local now = t[1] * 1000 + t[2] / 1000
local per, burst, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
local free = math.floor((burst * per - (full - now)) / per + 0.000001)
if free < 1 then return {0, math.ceil(full - now - (burst - 1) * per)} end
local taken = math.min(free, wanted)
redis.call('SET', KEYS[1], full + taken * per, 'PX', math.ceil(full + taken * per - now) + 1000)
return {taken, 0}`

const giveBackScript = `
local full = tonumber(redis.call('GET', KEYS[1]) or '0') - ARGV[1] * ARGV[2]
if full > 0 then redis.call('SET', KEYS[1], full, 'PX', 3600000) end`

interface Deps {
  /** In producer haste. */
  redis: Redis
  prefix: string
  log: Logger
  /** How many dispatchers share a rate while Redis cannot say. */
  dispatchers: () => number
}

export function createRateLimiter({ redis, prefix, log, dispatchers }: Deps): RateLimiter {
  const local = createLocalLimiter(dispatchers)
  const keyOf = (lineId: string) => `${prefix}:rate:${lineId}`
  return {
    async reserve(lineId, rate, wanted) {
      const perSegmentMs = 1_000 / rate.segmentsPerSecond
      try {
        const [segments, waitMs] = (await redis.eval(
          ...[reserveScript, 1, keyOf(lineId), perSegmentMs, rate.burst, wanted],
        )) as [number, number]
        return { segments, waitMs }
      } catch (error) {
        log.debug({ reason: reasonOf(error) }, 'rate kept without Redis')
        return local.reserve(lineId, rate, wanted)
      }
    },
    async giveBack(lineId, rate, segments) {
      const perSegmentMs = 1_000 / rate.segmentsPerSecond
      await redis
        .eval(giveBackScript, 1, keyOf(lineId), segments, perSegmentMs)
        .catch(() => local.giveBack(lineId, rate, segments))
    },
  }
}

/** Without Redis each dispatcher keeps its share of the rate by itself. */
function createLocalLimiter(dispatchers: () => number) {
  const fullAt = new Map<string, number>()
  const shareMs = (rate: Rate) => (1_000 / rate.segmentsPerSecond) * dispatchers()
  return {
    reserve(lineId: string, rate: Rate, wanted: number): Grant {
      const now = performance.now()
      const per = shareMs(rate)
      // Without the others' word no burst beyond a second's worth is safe.
      const burst = Math.max(1, Math.floor(1_000 / per))
      const full = Math.max(fullAt.get(lineId) ?? 0, now)
      const free = Math.floor((burst * per - (full - now)) / per)
      if (free < 1) return { segments: 0, waitMs: Math.ceil(full - now - (burst - 1) * per) }
      const segments = Math.min(free, wanted)
      fullAt.set(lineId, full + segments * per)
      return { segments, waitMs: 0 }
    },
    giveBack(lineId: string, rate: Rate, segments: number): void {
      const full = fullAt.get(lineId)
      if (full !== undefined) fullAt.set(lineId, full - segments * shareMs(rate))
    },
  }
}
