import { expect, test } from 'vitest'
import type { Conversation } from '@partyline/contracts/api/conversations'
import { sampleConversation } from '../state/samples.ts'
import { type News, NewsFinder } from './news.ts'

const at = '2026-11-21T09:00:00.000Z'
const text = (id: string, direction: 'inbound' | 'outbound', authorName = 'Ann') =>
  sampleConversation({
    lastMessageAt: at,
    lastMessage: { id, direction, authorName, preview: 'Hi', mediaCount: 0, failed: 0 },
  })
const changed = (conversation: Conversation) =>
  ({ cursor: '1', type: 'conversation.changed', conversation }) as const

function given(laterMs: number) {
  const told: News['way'][] = []
  const now = () => Date.parse(at) + laterMs
  const finder = new NewsFinder({ userName: 'Ana', now, tell: ({ way }) => told.push(way) })
  return { finder, told }
}

test('B54: a text in and a text of one’s own are told apart, each once', () => {
  const { finder, told } = given(100)

  finder.apply(changed(text('1', 'inbound')))
  finder.apply(changed({ ...text('1', 'inbound'), unread: 0 }))
  finder.apply(changed(text('2', 'outbound', 'Ana')))
  finder.apply(changed(text('3', 'outbound', 'Ben')))

  expect(told).toEqual(['in', 'out'])
})

test('B54: what is two seconds old makes no sound', () => {
  const { finder, told } = given(2_000)

  finder.apply(changed(text('1', 'inbound')))

  expect(told).toEqual([])
})
