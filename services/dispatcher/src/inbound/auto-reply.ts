import type { Keyword } from '@partyline/contracts/keywords'
import { isOpenAt } from '@partyline/contracts/line-hours'
import type { Db } from '@partyline/db/client'
import { countAutoReplies, isLine, wasAnswered } from '@partyline/db/queries/auto-replies'
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

/** That nobody is there is said once a night, not to every text. */
const awayOnceInHours = 8

/** Answers in the line's name, as an ordinary text to this one person, unless that could go on for ever. */
export async function autoReply(tx: Db, given: Inbound): Promise<Posted | undefined> {
  const { line, conversationId, to } = given
  const isOpen = line.hours === null || isOpenAt(line.hours, new Date())
  const body = isOpen ? line.autoReply : line.awayReply
  if (body === null) return undefined
  // Twilio answers its keywords itself.
  if (given.command !== undefined) return undefined
  if (given.inbound.trim() === body.trim()) return undefined
  if (await isLine(tx, to)) return undefined
  const { lastMinute, lastHour } = await countAutoReplies(tx, conversationId, to)
  if (lastMinute >= perMinute || lastHour >= perHour) return undefined
  const once = { conversationId, address: to, body, hours: awayOnceInHours }
  if (!isOpen && (await wasAnswered(tx, once))) return undefined

  return postMessage(tx, {
    conversationId,
    kind: 'auto_reply',
    direction: 'outbound',
    author: { kind: 'system', id: null, name: 'Auto-reply', address: null },
    body,
    onlyTo: to,
    counting: given.counting,
    traceParent: given.traceParent,
  })
}
