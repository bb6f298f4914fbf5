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
 * A bucket for each line, shared by all dispatchers: the time at which it is full again (GCRA), and the
 * pace that this was reckoned with. A line whose rate was changed owes as many segments as before, not as
 * much time. Kept in Redis time, so that no two clocks have to agree.
 */
const fullAt = `
local t = redis.call('TIME')
local now = t[1] * 1000 + t[2] / 1000
local per = tonumber(ARGV[1])
local at, pace = string.match(redis.call('GET', KEYS[1]) or '', '([^ ]+) ([^ ]+)')
local full = at and now + math.max(0, tonumber(at) - now) * per / tonumber(pace) or now
local function keep(full)
  local at = string.format('%.3f %.17g', full, per)
  redis.call('SET', KEYS[1], at, 'PX', math.max(1, math.ceil(full - now)) + 1000)
end`

const reserveScript = `${fullAt}
local burst, wanted = tonumber(ARGV[2]), tonumber(ARGV[3])
local free = math.floor((burst * per - (full - now)) / per + 0.000001)
if free < 1 then return {0, math.ceil(full - now - (burst - 1) * per)} end
local taken = math.min(free, wanted)
keep(full + taken * per)
return {taken, 0}`

const giveBackScript = `${fullAt}
if at then keep(full - ARGV[2] * per) end`

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
        .eval(giveBackScript, 1, keyOf(lineId), perSegmentMs, segments)
        .catch(() => local.giveBack(lineId, rate, segments))
    },
  }
}

/** Without Redis each dispatcher keeps its share of the rate by itself. */
function createLocalLimiter(dispatchers: () => number) {
  const buckets = new Map<string, { fullAt: number; per: number }>()
  const shareMs = (rate: Rate) => (1_000 / rate.segmentsPerSecond) * dispatchers()
  /** When it is full again, at the pace that counts now. */
  const fullAt = (lineId: string, per: number, now: number) => {
    const bucket = buckets.get(lineId)
    return bucket ? now + (Math.max(0, bucket.fullAt - now) * per) / bucket.per : now
  }
  return {
    reserve(lineId: string, rate: Rate, wanted: number): Grant {
      const now = performance.now()
      const per = shareMs(rate)
      // Without the others' word no burst beyond a second's worth is safe.
      const burst = Math.max(1, Math.floor(1_000 / per))
      const full = fullAt(lineId, per, now)
      const free = Math.floor((burst * per - (full - now)) / per)
      if (free < 1) return { segments: 0, waitMs: Math.ceil(full - now - (burst - 1) * per) }
      const segments = Math.min(free, wanted)
      buckets.set(lineId, { fullAt: full + segments * per, per })
      return { segments, waitMs: 0 }
    },
    giveBack(lineId: string, rate: Rate, segments: number): void {
      if (!buckets.has(lineId)) return
      const per = shareMs(rate)
      const full = fullAt(lineId, per, performance.now())
      buckets.set(lineId, { fullAt: full - segments * per, per })
    },
  }
}
