import type { Conversation, conversationEndpoints } from '@partyline/contracts/api/conversations'
import type { z } from 'zod'

export type ConversationChange = Omit<z.input<typeof conversationEndpoints.changeMany.body>, 'ids'>

/** The conversation as it will be: shown until the api tells how it is. */
export function changed(before: Conversation, change: ConversationChange): Conversation {
  const { status, snoozedUntil, assigneeId, addLabelIds = [], removeLabelIds = [], read } = change
  const after = { ...before }
  if (status !== undefined) Object.assign(after, { status, snoozedUntil: null })
  if (snoozedUntil !== undefined) Object.assign(after, { status: 'snoozed', snoozedUntil })
  if (assigneeId !== undefined) after.assigneeId = assigneeId
  if (read === true) after.unread = 0
  if (read === false && before.lastMessage) after.unread = Math.max(1, before.unread)
  const kept = before.labelIds.filter((id) => !removeLabelIds.includes(id))
  after.labelIds = [...new Set([...kept, ...addLabelIds])]
  return after
}

/** What makes it as it was before; undefined where the change changes nothing. */
export function inverseOf(
  before: Conversation,
  change: ConversationChange,
): ConversationChange | undefined {
  const after = changed(before, change)
  const undo: ConversationChange = {}
  if (after.status !== before.status || after.snoozedUntil !== before.snoozedUntil) {
    if (before.snoozedUntil !== null) undo.snoozedUntil = before.snoozedUntil
    else undo.status = before.status === 'closed' ? 'closed' : 'open'
  }
  if (after.assigneeId !== before.assigneeId) undo.assigneeId = before.assigneeId
  if (after.unread > 0 !== before.unread > 0) undo.read = before.unread === 0
  const added = after.labelIds.filter((id) => !before.labelIds.includes(id))
  const removed = before.labelIds.filter((id) => !after.labelIds.includes(id))
  if (added.length > 0) undo.removeLabelIds = added
  if (removed.length > 0) undo.addLabelIds = removed
  return Object.keys(undo).length === 0 ? undefined : undo
}
