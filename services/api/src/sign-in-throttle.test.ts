import { expect, test } from 'vitest'
import { createSignInThrottle } from './sign-in-throttle.ts'

const ana = { email: 'ana@example.com', ip: '203.0.113.1' }

/** How long somebody who never gives up waits before each of their attempts, in seconds. */
function waits(count: number): number[] {
  let now = 0
  const throttle = createSignInThrottle(() => now)
  return Array.from({ length: count }, () => {
    const start = now
    for (;;) {
      try {
        throttle.attempt(ana)
        return (now - start) / 1_000
      } catch {
        now += 1_000
      }
    }
  })
}

test('S11: after five attempts each further one waits twice as long, up to a quarter of an hour', () => {
  expect(waits(18)).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
})

test('S11: signing in forgets what came before', () => {
  const throttle = createSignInThrottle(() => 0)
  for (let round = 0; round < 20; round += 1) {
    throttle.attempt(ana)
    throttle.succeeded(ana)
  }
  expect(() => throttle.attempt(ana)).not.toThrow()
})

test('S11: many addresses that guess at one account slow it down, by half a minute at most', () => {
  let now = 0
  const throttle = createSignInThrottle(() => now)
  for (let guess = 0; guess < 110; guess += 1) {
    now += 31_000
    throttle.attempt({ ...ana, ip: `198.51.100.${guess}` })
  }
  expect(() => throttle.attempt(ana)).toThrow('Try again in 30 seconds.')
  now += 30_000
  expect(() => throttle.attempt(ana)).not.toThrow()
})

test('an attempt is refused with the time to wait', () => {
  const throttle = createSignInThrottle(() => 0)
  for (let guess = 0; guess < 5; guess += 1) throttle.attempt(ana)
  expect(() => throttle.attempt(ana)).toThrow('Try again in 1 second.')
})
