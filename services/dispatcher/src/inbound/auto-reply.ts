import type { Keyword } from '@partyline/contracts/keywords'
import type { Db } from '@partyline/db/client'
import { countAutoReplies, isLine } from '@partyline/db/queries/auto-replies'
import type { FoundLine } from '@partyline/db/queries/find-or-create'
import { type Posted, postMessage } from '@partyline/db/queries/post-message'
import type { Counting } from '@partyline/db/queries/send-caps'

interface Inbound {
  line: FoundLine
  conversationId: string
  to: string
  inbound: string
  command: Keyword | undefined
  counting: Counting
  traceParent: string | undefined
}

/** Enough for a person who texts in a hurry; two machines that answer each other stop after twenty texts. */
const perMinute = 3
const perHour = 10

/** Answers in the line's name, as an ordinary text to this one person, unless that could go on for ever. */
export async function autoReply(tx: Db, given: Inbound): Promise<Posted | undefined> {
  const { line, conversationId, to } = given
  if (line.autoReply === null) return undefined
  // Twilio answers its keywords itself.
  if (given.command !== undefined) return undefined
  if (given.inbound.trim() === line.autoReply.trim()) return undefined
  if (await isLine(tx, to)) return undefined
  const { lastMinute, lastHour } = await countAutoReplies(tx, conversationId, to)
  if (lastMinute >= perMinute || lastHour >= perHour) return undefined

  return postMessage(tx, {
    conversationId,
    kind: 'auto_reply',
    direction: 'outbound',
    author: { kind: 'system', id: null, name: 'Auto-reply', address: null },
    body: line.autoReply,
    onlyTo: to,
    counting: given.counting,
    traceParent: given.traceParent,
  })
}
