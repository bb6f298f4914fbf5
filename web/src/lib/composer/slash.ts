import type { SavedReply } from '@partyline/contracts/api/saved-replies'

/** What is being typed to find a saved reply: from the slash to the caret. */
export interface Slash {
  start: number
  end: number
  query: string
}

/** A slash begins one at the start or after a blank: what stands in "and/or" or in an address does not. */
export function slashAt(text: string, caret: number): Slash | null {
  const found = /(?:^|\s)\/([^\s/][^\n/]{0,39})?$/u.exec(text.slice(0, caret))
  if (!found) return null
  const query = found[1] ?? ''
  return { start: caret - query.length - 1, end: caret, query }
}

const shown = 8

/** Those whose name begins so, then those that have it anywhere. */
export function findReplies(replies: readonly SavedReply[], query: string): SavedReply[] {
  const wanted = query.trim().toLowerCase()
  const rank = ({ name, body }: SavedReply) => {
    const lower = name.toLowerCase()
    if (lower.startsWith(wanted)) return 0
    if (lower.includes(wanted)) return 1
    return body.toLowerCase().includes(wanted) ? 2 : 3
  }
  return replies
    .filter((reply) => rank(reply) < 3)
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, shown)
}
