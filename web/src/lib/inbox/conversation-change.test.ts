import type { Conversation } from '@partyline/contracts/api/conversations'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleConversation } from '../state/samples.ts'
import { changed, type ConversationChange, inverseOf } from './conversation-change.ts'

const lastMessage = {
  id: 'm',
  direction: 'inbound' as const,
  authorName: 'Ann',
  preview: 'Hi',
  mediaCount: 0,
  failed: 0,
}
const labels = fc.subarray(['a', 'b', 'c'])
const state = fc.constantFrom<Partial<Conversation>>(
  { status: 'open', snoozedUntil: null },
  { status: 'closed', snoozedUntil: null },
  { status: 'snoozed', snoozedUntil: '2027-01-01T00:00:00Z' },
)
const before = fc
  .record({
    unread: fc.constantFrom(0, 1),
    labelIds: labels,
    assigneeId: fc.constantFrom('u', null),
  })
  .chain((given) => state.map((one) => sampleConversation({ ...given, ...one, lastMessage })))
const change = fc.constantFrom<ConversationChange>(
  { status: 'open' },
  { status: 'closed' },
  { snoozedUntil: '2027-02-02T00:00:00Z' },
  { assigneeId: null },
  { assigneeId: 'v' },
  { addLabelIds: ['a', 'b'] },
  { removeLabelIds: ['b', 'c'] },
  { read: true },
  { read: false },
)

test('whatever is done to a conversation, undoing it makes it as it was', () => {
  fc.assert(
    fc.property(before, change, (given, what) => {
      const undo = inverseOf(given, what)
      const after = changed(given, what)
      const again = undo ? changed(after, undo) : after
      expect({ ...again, labelIds: again.labelIds.toSorted() }).toEqual({
        ...given,
        labelIds: given.labelIds.toSorted(),
      })
    }),
  )
})
