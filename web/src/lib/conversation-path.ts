import type { Conversation } from '@partyline/contracts/api/conversations'

/** Where a conversation is shown: groups beside their members. */
export function pathOf({ id, kind }: Pick<Conversation, 'id' | 'kind'>): string {
  return kind === 'group' ? `/g/${id}` : `/c/${id}`
}
