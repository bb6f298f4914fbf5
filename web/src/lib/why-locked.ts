import type { Conversation } from '@partyline/contracts/api/conversations'

/** Why nothing can be sent into a conversation; undefined where something can. */
export function whyLocked({ kind, optedOut, memberCount }: Conversation): string | undefined {
  if (optedOut) {
    return 'This contact texted STOP, so nothing can be sent. They get texts again after they text START.'
  }
  if (kind === 'group' && memberCount === 0) {
    return 'Nobody to send to: the group has no members.'
  }
  return undefined
}
