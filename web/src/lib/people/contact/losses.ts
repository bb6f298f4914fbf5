import type { ContactDetails } from '@partyline/contracts/api/contacts'

/** What is deleted together with a contact, in words. */
export function lossesOf({ conversations, groups }: ContactDetails): string {
  const parts: string[] = []
  if (conversations.length === 1) parts.push('Their conversation and all its messages are deleted.')
  if (conversations.length > 1) {
    parts.push(`Their ${conversations.length} conversations and all messages in them are deleted.`)
  }
  if (groups.length > 0) {
    const names = groups.map(({ name }) => `“${name}”`).join(', ')
    parts.push(`They leave ${names}, which is announced there where that is switched on.`)
  }
  return [...parts, 'This cannot be undone.'].join(' ')
}
