import type { Conversation } from '@partyline/contracts/api/conversations'
import { expect, test } from 'vitest'
import { createApi } from '../api.ts'
import { everythingOpen, type View } from '../inbox/list-filter.ts'
import { ConversationList } from './conversation-list.svelte.ts'
import { sampleConversation } from './samples.ts'

const uuid = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
const one = (n: number, given: Partial<Conversation> = {}) =>
  sampleConversation({ id: uuid(n), lastMessageAt: `2026-11-21T0${n}:00:00.000Z`, ...given })
const changed = (conversation: Conversation) =>
  ({ cursor: '1', type: 'conversation.changed', conversation }) as const

async function given(
  items: Conversation[],
  { nextCursor = null, view = 'open' }: { nextCursor?: string | null; view?: View } = {},
) {
  const api = createApi(async () => Response.json({ items, nextCursor }))
  const list = new ConversationList(api, { ...everythingOpen, view }, 'me')
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
  const { list, ids } = await given([one(5), one(4)], { nextCursor: 'next' })

  list.apply(changed(one(1, { name: 'Renamed' })))

  expect(ids()).toEqual([5, 4])
})

test('who waits longest comes first, and leaves when answered', async () => {
  const waits = (n: number, hour: number) =>
    one(n, { waitingSince: `2026-11-21T0${hour}:00:00.000Z` })
  const { list, ids } = await given([waits(3, 1), waits(1, 2)], { view: 'waiting' })
  expect(ids()).toEqual([3, 1])

  list.apply(changed(waits(2, 1)))
  list.apply(changed(one(3)))

  expect(ids()).toEqual([2, 1])
})

test('among the unread, the one that is open stays until another is opened', async () => {
  const { list, ids } = await given([one(2, { unread: 1 }), one(1, { unread: 3 })], {
    view: 'unread',
  })

  list.keep(one(2).id)
  list.apply(changed(one(2)))
  expect(ids()).toEqual([2, 1])
  list.keep(one(1).id)

  expect(ids()).toEqual([1])
})

test('closed by a key, it gives way to the one below, and at the end to the one above', async () => {
  const { list } = await given([one(3), one(2), one(1)])

  expect(list.next(one(2).id)?.id).toBe(one(1).id)
  expect(list.next(one(1).id)?.id).toBe(one(2).id)
})
