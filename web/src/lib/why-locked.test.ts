import { expect, test } from 'vitest'
import { sampleConversation } from './state/samples.ts'
import { whyLocked } from './why-locked.ts'

test('a group without members says that there is nobody to send to, and one with a member does not', () => {
  const empty = sampleConversation({ kind: 'group', memberCount: 0 })

  expect(whyLocked(empty)).toContain('Nobody to send to')
  expect(whyLocked({ ...empty, memberCount: 1 })).toBe(undefined)
})

test('a direct conversation is locked by STOP alone', () => {
  const direct = sampleConversation({ kind: 'direct', memberCount: 0 })

  expect(whyLocked(direct)).toBe(undefined)
  expect(whyLocked({ ...direct, optedOut: true })).toContain('STOP')
})
