import { expect, test } from 'vitest'
import { sampleConversation } from './state/samples.ts'
import { whyLocked } from './why-locked.ts'

const line = { id: 'l1', name: 'Front desk', address: '+15550100001' }

test('a group without members says that there is nobody to send to, and one with a member does not', () => {
  const empty = sampleConversation({ kind: 'group', memberCount: 0, line })

  expect(whyLocked(empty)?.why).toContain('Nobody to send to')
  expect(whyLocked({ ...empty, memberCount: 1 })).toBe(undefined)
})

test('a direct conversation is locked by STOP, and by a carrier against whom a person may decide', () => {
  const direct = sampleConversation({ kind: 'direct', memberCount: 0, line })

  expect(whyLocked(direct)).toBe(undefined)
  expect(whyLocked({ ...direct, optedOut: true, unreachable: true })?.why).toContain('STOP')
  expect(whyLocked({ ...direct, optedOut: true })?.canTryAnyway).toBe(undefined)
  expect(whyLocked({ ...direct, unreachable: true })?.canTryAnyway).toBe(true)
})

test('WhatsApp is open for 24 hours after their message, and says so when it is not', () => {
  const chat = sampleConversation({ kind: 'direct', channel: 'whatsapp', line })
  const closesAt = '2026-11-21T12:00:00.000Z'
  const at = (now: string) => whyLocked(chat, { closesAt }, Date.parse(now))

  expect(at('2026-11-21T11:59:59Z')).toBe(undefined)
  expect(at('2026-11-21T12:00:00Z')?.why).toContain('more than 24 hours old')
  expect(whyLocked(chat, { closesAt: null })?.why).toContain('not written to this line yet')
})

test('B31 B32: once the window is closed WhatsApp still takes templates, and Messenger nothing', () => {
  const closed = { closesAt: null }
  const chat = (channel: 'whatsapp' | 'messenger') =>
    whyLocked(sampleConversation({ kind: 'direct', channel, line }), closed)

  expect(chat('whatsapp')?.takesTemplates).toBe(true)
  expect(chat('messenger')?.takesTemplates).toBe(false)
  expect(chat('messenger')?.why).toContain('no templates')
})

test('without a line nothing can be sent, but among users there is none', () => {
  expect(whyLocked(sampleConversation({ kind: 'direct', line: null }))?.why).toContain('no line')
  expect(whyLocked(sampleConversation({ kind: 'web', line: null }))).toBe(undefined)
})
