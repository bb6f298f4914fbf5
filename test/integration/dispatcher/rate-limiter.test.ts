import { createRateLimiter } from '@partyline/dispatcher/send/rate-limiter'
import { connectRedis } from '@partyline/kit/redis'
import { expect } from 'vitest'
import { noRedis, type Stack, test } from '../../support/stack.ts'

const rate = { segmentsPerSecond: 50, burst: 10 }

function limiterOf({ redis, prefix, log }: Stack, dispatchers = 1) {
  return createRateLimiter({ redis, prefix, log, dispatchers: () => dispatchers })
}

test('T26: what several dispatchers send of one line in any second is its rate and one burst at most', async ({
  stack,
}) => {
  const limiters = [limiterOf(stack), limiterOf(stack), limiterOf(stack)]
  const sent: number[] = []
  const until = performance.now() + 2_500

  await Promise.all(
    limiters.map(async (limiter) => {
      while (performance.now() < until) {
        const { segments, waitMs } = await limiter.reserve('line', rate, 7)
        for (let index = 0; index < segments; index += 1) sent.push(performance.now())
        if (segments === 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
      }
    }),
  )

  const inWindow = sent.map((from) => sent.filter((at) => at >= from && at < from + 1_000).length)
  expect(Math.max(...inWindow)).toBeLessThanOrEqual(rate.segmentsPerSecond + rate.burst + 1)
  expect(sent.length).toBeGreaterThan(rate.segmentsPerSecond * 2)
})

test('one line that is used up does not slow another', async ({ stack }) => {
  const limiter = limiterOf(stack)
  await limiter.reserve('busy', rate, 10)

  expect(await limiter.reserve('busy', rate, 10)).toMatchObject({ segments: 0 })
  expect(await limiter.reserve('quiet', rate, 10)).toEqual({ segments: 10, waitMs: 0 })
})

test('what was reserved and not used can be used by the next', async ({ stack }) => {
  const limiter = limiterOf(stack)
  await limiter.reserve('line', rate, 10)

  await limiter.giveBack('line', rate, 4)

  expect(await limiter.reserve('line', rate, 10)).toMatchObject({ segments: 4 })
})

test('a text longer than what was left is paid for by those after it', async ({ stack }) => {
  const limiter = limiterOf(stack)
  await limiter.reserve('line', rate, 10)

  await limiter.giveBack('line', rate, -5)

  const { segments, waitMs } = await limiter.reserve('line', rate, 1)
  expect(segments).toBe(0)
  expect(waitMs).toBeGreaterThan(60)
})

test('without Redis each dispatcher keeps its share of the rate', async ({ stack }) => {
  const redis = connectRedis(noRedis, 'producer', stack.log)
  const limiter = limiterOf({ ...stack, redis }, 5)

  const first = await limiter.reserve('line', rate, 100)

  expect(first.segments).toBe(rate.segmentsPerSecond / 5)
  expect(await limiter.reserve('line', rate, 100)).toMatchObject({ segments: 0 })
  redis.disconnect()
})
