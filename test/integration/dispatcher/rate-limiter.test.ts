import { createRateLimiter } from '@partyline/dispatcher/send/rate-limiter'
import { connectRedis } from '@partyline/kit/redis'
import { expect } from 'vitest'
import { noRedis, type Stack, test } from '../../support/stack.ts'

const rate = { segmentsPerSecond: 50, burst: 10 }
/** So slow that nothing comes in while a test looks. */
const slow = { segmentsPerSecond: 0.1, burst: 10 }

function limiterOf({ redis, prefix, log }: Stack, dispatchers = 1) {
  return createRateLimiter({ redis, prefix, log, dispatchers: () => dispatchers })
}

test('T26: what several dispatchers send of one line in any second is its rate and one burst at most', async ({
  stack,
}) => {
  const limiters = [limiterOf(stack), limiterOf(stack), limiterOf(stack)]
  /** Each was granted between the two. */
  const sent: { asked: number; told: number }[] = []

  await Promise.all(
    limiters.map(async (limiter) => {
      while (sent.length <= rate.segmentsPerSecond * 2) {
        const asked = performance.now()
        const { segments, waitMs } = await limiter.reserve('line', rate, 7)
        const told = performance.now()
        for (let index = 0; index < segments; index += 1) sent.push({ asked, told })
        if (segments === 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
      }
    }),
  )

  const inWindow = sent.map(
    ({ asked: from }) =>
      sent.filter(({ asked, told }) => asked >= from && told < from + 1_000).length,
  )
  expect(Math.max(...inWindow)).toBeLessThanOrEqual(rate.segmentsPerSecond + rate.burst + 1)
})

test('one line that is used up does not slow another', async ({ stack }) => {
  const limiter = limiterOf(stack)
  await limiter.reserve('busy', slow, 10)

  expect(await limiter.reserve('busy', slow, 10)).toMatchObject({ segments: 0 })
  expect(await limiter.reserve('quiet', rate, 10)).toEqual({ segments: 10, waitMs: 0 })
})

test('what was reserved and not used can be used by the next', async ({ stack }) => {
  const limiter = limiterOf(stack)
  await limiter.reserve('line', slow, 10)

  await limiter.giveBack('line', slow, 4)

  expect(await limiter.reserve('line', slow, 10)).toMatchObject({ segments: 4 })
})

test('a text longer than what was left is paid for by those after it', async ({ stack }) => {
  const limiter = limiterOf(stack)
  await limiter.reserve('line', slow, 10)

  await limiter.giveBack('line', slow, -5)

  const { segments, waitMs } = await limiter.reserve('line', slow, 1)
  expect(segments).toBe(0)
  expect(waitMs).toBeGreaterThan(50_000)
})

test('a line that was given a higher rate owes as many segments as before, at that rate', async ({
  stack,
}) => {
  const [limiter, other] = [limiterOf(stack), limiterOf(stack)]
  await limiter.reserve('line', slow, 10)
  await limiter.giveBack('line', slow, -5)
  const faster = { segmentsPerSecond: 0.2, burst: 10 }

  const owed = await other.reserve('line', faster, 1)

  // Six segments until one may go: five owed and this one.
  expect(owed.segments).toBe(0)
  expect(owed.waitMs).toBeGreaterThan(20_000)
  expect(owed.waitMs).toBeLessThanOrEqual(30_000)
  // What was reserved at one rate and comes back at another is as many segments.
  await limiter.giveBack('line', slow, 9)
  expect(await other.reserve('line', faster, 10)).toMatchObject({ segments: 4 })
})

test('without Redis each dispatcher keeps its share of the rate', async ({ stack }) => {
  const redis = connectRedis(noRedis, 'producer', stack.log)
  const limiter = limiterOf({ ...stack, redis }, 5)

  const first = await limiter.reserve('line', rate, 100)

  expect(first.segments).toBe(rate.segmentsPerSecond / 5)
  expect(await limiter.reserve('line', rate, 100)).toMatchObject({ segments: 0 })

  // Ten seconds to wait at the old rate are a tenth of one at the new.
  const crawling = { segmentsPerSecond: 0.5, burst: 10 }
  expect(await limiter.reserve('other', crawling, 1)).toMatchObject({ segments: 1 })
  const { waitMs } = await limiter.reserve('other', rate, 100)
  expect(waitMs).toBeLessThan(1_000)
  redis.disconnect()
})
