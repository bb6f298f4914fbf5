import { expect, test } from 'vitest'
import { serviceEnv } from './env.ts'

const { QUEUE_PREFIX } = serviceEnv

test('whatever the prefix of keys is, a Redis Cluster keeps them together', () => {
  expect(QUEUE_PREFIX.parse(undefined)).toBe('{partyline}')
  expect(QUEUE_PREFIX.parse('hub')).toBe('{hub}')
  expect(QUEUE_PREFIX.parse('{hub}:test')).toBe('{hub}:test')
  // An empty tag is none.
  expect(QUEUE_PREFIX.parse('hub{}')).toBe('{hub{}}')
})
