import { phoneText, splitText } from '@partyline/contracts/phone-text'
import { countSegments } from '@partyline/contracts/segments'
import type { HeldCause } from '@partyline/contracts/held-causes'
import type { Db } from '../client.ts'
import {
  type MessageDetails,
  type MessageRow,
  messages,
  type SentTemplate,
} from '../schema/messages.ts'
import { recordChanges } from './events.ts'
import { fanOut } from './fan-out.ts'
import { countSend, type Counting, holdForReview } from './send-caps.ts'
import { isInternal, takePlace } from './take-place.ts'

export interface Draft {
  conversationId: string
  kind: MessageRow['kind']
  direction: MessageRow['direction']
  author: {
    kind: MessageRow['authorKind']
    id: string | null
    name: string
    address: string | null
  }
  body: string
  /** What Twilio is asked to send in its place. */
  template?: SentTemplate | null
  mediaCount?: number
  clientKey?: string
  senderId?: string
  twilioSid?: string
  origin?: { city: string; state: string; zip: string; country: string }
  details?: MessageDetails
  /** False: kept and sent to nobody. A command to us (STOP), or a text that is out already. */
  relay?: boolean
  /** Of a group, this one person is to get it: an automatic answer. */
  onlyTo?: string
  /** Pictures are still being copied: deliveries wait for them, a minute at most. */
  awaitsMedia?: boolean
  /**
   * Why it is kept from the other members. Asked once it has its place, so that of a crowd of texts those
   * behind a pause are kept, and none overlooks another.
   */
  findHeld?: (() => Promise<HeldCause | undefined>) | undefined
  /** The daily caps that it counts against. */
  counting?: Counting
  /** What led to it, where traces are on. */
  traceParent?: string | undefined
}

export interface Posted {
  message: MessageRow
  /** The line to ring once this is committed, and how many deliveries wait there. */
  lineId: string | null
  deliveryCount: number
}

/**
 * Puts a message into its conversation and addresses it to everyone who is to get it. To be called in
 * a transaction: the lock on the conversation gives the message its place, and is held until commit.
 */
export async function postMessage(tx: Db, draft: Draft): Promise<Posted> {
  const place = await takePlace(tx, draft)
  const held = await draft.findHeld?.()
  const message = await insertMessage(tx, draft, place, held)

  const inGroup = place.kind === 'group'
  const goesOut =
    !isInternal(draft.kind) &&
    draft.relay !== false &&
    !held &&
    (draft.direction === 'outbound' || inGroup)
  const text = phoneText({
    inGroup,
    kind: draft.kind,
    authorName: draft.author.name,
    body: draft.body,
  })
  const segments = splitText(text).map((part) => Math.max(1, countSegments(part).segments))
  const addressed =
    goesOut && place.lineId
      ? await fanOut(tx, message, place.kind, {
          except: draft.direction === 'inbound' ? draft.author.address : null,
          onlyTo: draft.onlyTo ?? null,
          segments,
          awaitsMedia: draft.awaitsMedia ?? false,
        })
      : 0
  const deliveryCount = (await isWithinCaps(tx, draft, message.id, { segments, addressed }))
    ? addressed
    : 0

  await recordChanges(tx, [
    { type: 'message.created', subjectId: message.id, conversationId: draft.conversationId },
    {
      type: 'conversation.changed',
      subjectId: draft.conversationId,
      conversationId: draft.conversationId,
    },
  ])
  return { message, lineId: place.lineId, deliveryCount }
}

async function insertMessage(
  tx: Db,
  draft: Draft,
  place: { messageId: string; seq: number },
  held: HeldCause | undefined,
): Promise<MessageRow> {
  const [message] = await tx
    .insert(messages)
    .values({
      id: place.messageId,
      conversationId: draft.conversationId,
      seq: place.seq,
      kind: draft.kind,
      direction: draft.direction,
      authorKind: draft.author.kind,
      authorId: draft.author.id,
      authorName: draft.author.name,
      authorAddress: draft.author.address,
      ...{ body: draft.body, template: draft.template },
      clientKey: draft.clientKey,
      senderId: draft.senderId,
      twilioSid: draft.twilioSid,
      ...draft.origin,
      details: draft.details,
      heldBecause: held,
      traceParent: draft.traceParent,
    })
    .returning()
  if (!message) throw new Error('insert returned no row')
  return message
}

/** What the account's cap holds back is not lost: it waits in review, with the reason, for a person. */
async function isWithinCaps(
  tx: Db,
  { counting, conversationId }: Draft,
  messageId: string,
  { segments, addressed }: { segments: number[]; addressed: number },
): Promise<boolean> {
  if (!counting) return true
  const each = segments.reduce((sum, part) => sum + part, 0)
  const sent = { conversationId, segments: (addressed / segments.length) * each }
  if (await countSend(tx, counting, sent)) return true
  await holdForReview(tx, messageId)
  return false
}
