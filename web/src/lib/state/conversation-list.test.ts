import type { Conversation } from '@partyline/contracts/api/conversations'
import { expect, test } from 'vitest'
import { createApi } from '../api.ts'
import { ConversationList } from './conversation-list.svelte.ts'
import { sampleConversation } from './samples.ts'

const uuid = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
const one = (n: number, given: Partial<Conversation> = {}) =>
  sampleConversation({ id: uuid(n), lastMessageAt: `2026-11-21T0${n}:00:00.000Z`, ...given })
const changed = (conversation: Conversation) =>
  ({ cursor: '1', type: 'conversation.changed', conversation }) as const

async function given(items: Conversation[], nextCursor: string | null = null, q = '') {
  const api = createApi(async () => Response.json({ items, nextCursor }))
  const list = new ConversationList(api, { status: 'open', q })
  await list.load()
  return { list, ids: () => list.items.map(({ id }) => Number(id.at(-1))) }
}

test('B23 B40: the last message comes first, and a new one moves its conversation to the top', async () => {
  const { list, ids } = await given([one(1), one(3), one(2)])
  expect(ids()).toEqual([3, 2, 1])

  list.apply(changed(one(1, { lastMessageAt: '2026-11-21T09:00:00.000Z' })))

  expect(ids()).toEqual([1, 3, 2])
})

test('B46: a closed conversation leaves the open list', async () => {
  const { list, ids } = await given([one(1), one(2)])

  list.apply(changed(one(2, { status: 'closed' })))

  expect(ids()).toEqual([1])
})

test('a change of one from a page not loaded yet waits for that page', async () => {
  const { list, ids } = await given([one(5), one(4)], 'next')

  list.apply(changed(one(1, { name: 'Renamed' })))

  expect(ids()).toEqual([5, 4])
})

test('a search takes in only what it would have found', async () => {
  const { list, ids } = await given([], null, 'ann')

  list.apply(changed(one(1, { name: 'Joanna' })))
  list.apply(changed(one(2, { name: 'Ben' })))

  expect(ids()).toEqual([1])
})

test('B25: unread texts of all conversations are summed for the title', async () => {
  const { list } = await given([one(1, { unread: 2 }), one(2, { unread: 1 })])

  expect(list.unread).toBe(3)
})
