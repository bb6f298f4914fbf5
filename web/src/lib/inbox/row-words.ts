import type { Conversation } from '@partyline/contracts/api/conversations'
import type { Colleague } from '@partyline/contracts/feed'
import type { KeptDraft } from '../state/drafts.svelte.ts'

/** The last message in one line; who said it, where that is not plain. */
export function previewOf(
  { lastMessage: last, kind }: Pick<Conversation, 'lastMessage' | 'kind'>,
  userName: string,
): string {
  if (!last) return 'No messages yet'
  const files = last.mediaCount === 1 ? 'Picture' : `${last.mediaCount} pictures`
  const text = last.preview || files
  if (kind !== 'direct') return `${last.authorName}: ${text}`
  if (last.direction === 'inbound') return text
  return `${last.authorName === userName ? 'You' : last.authorName}: ${text}`
}

/** What was begun, in one line: the text, or else what goes with it. */
export function draftInWords({ text, files: [first, ...others] }: KeptDraft): string {
  if (text.trim() !== '' || !first) return text
  return others.length === 0 ? first.name : `${others.length + 1} files`
}

/** "Ben", "Ben and Cy", "Ben and 2 others". */
export function namesOf(users: readonly Colleague[]): string {
  const [first, second, ...others] = users.map(({ name }) => name)
  if (first === undefined) return ''
  if (second === undefined) return first
  return others.length === 0 ? `${first} and ${second}` : `${first} and ${others.length + 1} others`
}

/** "Ben is typing…", "Ben and Cy are typing…" */
export function typingWords(users: readonly Colleague[]): string {
  return `${namesOf(users)} ${users.length === 1 ? 'is' : 'are'} typing…`
}
