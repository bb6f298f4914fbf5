import type { ContactDetails } from '@partyline/contracts/api/contacts'

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

/** What two contacts bring together, and what there is to know before, in words. */
export function mergePreview(kept: ContactDetails, other: ContactDetails): string[] {
  const addresses = [...kept.contact.addresses, ...other.contact.addresses]
  const threads = kept.conversations.length + other.conversations.length
  const both = other.groups.filter(({ groupId }) =>
    kept.groups.some((group) => group.groupId === groupId),
  )
  const keptName = kept.contact.name
  const otherName = other.contact.name
  const hasPrivate = (one: ContactDetails) =>
    one.conversations.some(({ visibility }) => visibility === 'private')
  const hasShared = (one: ContactDetails) =>
    one.groups.length > 0 || one.conversations.some(({ visibility }) => visibility === 'shared')
  const shows =
    (hasPrivate(kept) && hasShared(other) && !hasShared(kept)) ||
    (hasPrivate(other) && hasShared(kept) && !hasShared(other))
  return [
    keptName === null && otherName !== null
      ? `The name is ${otherName}.`
      : keptName !== null && otherName !== null && keptName !== otherName
        ? `The name stays ${keptName}. “${otherName}” goes, but not from what was said.`
        : '',
    `Numbers: ${addresses.map(({ displayAddress }) => displayAddress).join(', ')}.`,
    threads > 0 ? `${counted(threads, 'conversation', 'conversations')}, side by side.` : '',
    other.groups.length > 0
      ? `The places in ${other.groups.map(({ name }) => `“${name}”`).join(', ')} come along.`
      : '',
    both.length > 0
      ? `Both are in ${both.map(({ name }) => `“${name}”`).join(', ')}: both numbers stay members.`
      : '',
    shows
      ? 'One of them is private. Its conversation stays private; its name and number can then be seen by everybody.'
      : '',
  ].filter((line) => line !== '')
}
