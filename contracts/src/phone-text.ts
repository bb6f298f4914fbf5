import type { messageKinds } from './api/messages.ts'
import { maxBodyLength } from './api/new-message.ts'

/**
 * What a phone shows: in a group the author's name goes in front. In a direct conversation, and in an
 * automatic answer to one person, the text stands alone.
 */
export function phoneText(message: {
  inGroup: boolean
  kind: (typeof messageKinds)[number]
  authorName: string
  body: string
}): string {
  if (!message.inGroup || message.kind === 'auto_reply') return message.body
  return message.body === '' ? `${message.authorName}:` : `${message.authorName}: ${message.body}`
}

/** Twilio refuses more than 1,600 characters, which a name in front can cause: then the text goes in parts. */
export function splitText(text: string, limit = maxBodyLength): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > limit) {
    const end = cutBefore(rest, limit)
    parts.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  return [...parts, rest]
}

/** At the last space of the second half, else anywhere that does not halve a character. */
function cutBefore(text: string, limit: number): number {
  const space = text.lastIndexOf(' ', limit)
  if (space > limit / 2) return space
  const isLowSurrogate = /[\uDC00-\uDFFF]/.test(text.charAt(limit))
  return isLowSurrogate ? limit - 1 : limit
}
