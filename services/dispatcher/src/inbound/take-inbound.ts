import type { AuditAction } from '@partyline/contracts/api/audit'
import { keywordIn } from '@partyline/contracts/keywords'
import type { SendLimits } from '@partyline/contracts/send-limits'
import type { Db } from '@partyline/db/client'
import { nobody, recordAudit } from '@partyline/db/queries/audit'
import { takeBackOnReply, tellOfReplied } from '@partyline/db/queries/cancel-on-reply'
import { recordChanges } from '@partyline/db/queries/events'
import {
  findOrCreateContact,
  findOrCreateDirect,
  findOrCreateLine,
} from '@partyline/db/queries/find-or-create'
import { findHeldCause } from '@partyline/db/queries/held'
import { lockInbox, setInboxProcessed } from '@partyline/db/queries/inbox'
import { insertInboundMedia } from '@partyline/db/queries/inbound-media'
import { findGroupOfMember } from '@partyline/db/queries/find-member'
import { notePushes } from '@partyline/db/queries/push-notices'
import { optIn, optOut } from '@partyline/db/queries/opt-outs'
import { settleFirst } from '@partyline/db/queries/reconcile'
import { setReachable } from '@partyline/db/queries/unreachable'
import { type Draft, type Posted, postMessage } from '@partyline/db/queries/post-message'
import { crashPoint } from '@partyline/kit/crash-point'
import { noTracing, type Span, type Tracing } from '@partyline/kit/tracing'
import { autoReply } from './auto-reply.ts'
import { type InboundText, toInboundText } from './inbound-text.ts'

export interface Taken {
  posted: Posted[]
  /** The message whose pictures are to be copied. */
  mediaOf: string | null
  /** Browsers are to be told. */
  pushes: boolean
}

/** What is found later than that is seen in the list. */
const newsMs = 3_600_000

/**
 * Turns one kept webhook into a message, with everything that follows from it, in one transaction:
 * either all of it happened or none. Undefined when somebody else has taken it, and the SID of an earlier
 * text of its sender when that one is to be taken first.
 */
export async function takeInbound(
  db: Db,
  messageSid: string,
  limits: SendLimits,
  tracing = noTracing,
): Promise<Taken | { behind: string } | undefined> {
  const startedAt = Date.now()
  let span: Span | undefined
  try {
    return await db.transaction(async (tx) => {
      const row = await lockInbox(tx, messageSid)
      if (!row) return undefined
      if (row.behind !== null) return { behind: row.behind }
      span = beginSpan(tracing, messageSid, { parent: row.traceParent, startedAt })
      const taken = await take(tx, toInboundText(row.params), limits, span)
      const isNews = Date.now() - row.receivedAt.getTime() < newsMs
      const [text] = taken.posted
      const pushes = row.pushes && isNews && text && (await notePushes(tx, text.message))
      const made = taken.posted.map(({ message }) => message.id)
      if (row.inDoubt) await settleFirst(tx, made, row.receivedAt)
      await setInboxProcessed(tx, messageSid)
      crashPoint('D1')
      span.set({ 'partyline.message_id': made[0] })
      return { ...taken, pushes: pushes === true }
    })
  } catch (error) {
    span?.fail()
    throw error
  } finally {
    span?.end()
  }
}

function beginSpan(
  tracing: Tracing,
  messageSid: string,
  given: { parent: string | null; startedAt: number },
): Span {
  const facts = { 'twilio.message_sid': messageSid }
  return tracing.span('take text in', { ...given, kind: 'consumer', facts })
}

async function take(
  tx: Db,
  text: InboundText,
  limits: SendLimits,
  { traceParent }: Span,
): Promise<Omit<Taken, 'pushes'>> {
  const { from, to, body, messageSid } = text
  const line = await findOrCreateLine(tx, {
    address: to,
    messagingServiceSid: text.messagingServiceSid,
  })
  const contact = await findOrCreateContact(tx, { address: from, name: text.profileName })
  const member = line.mode === 'group' ? await findGroupOfMember(tx, line.id, from) : undefined
  const { conversationId } =
    member ??
    (await findOrCreateDirect(tx, { lineId: line.id, address: from, contactId: contact.contactId }))
  // After the conversation, as whoever sends there all the same: else the two could wait for each other.
  if (contact.unreachable) await setReachable(tx, [from])

  const command = await obeyKeyword(tx, line.id, text)
  const findHeld =
    member && command === undefined
      ? () => findHeldCause(tx, { messageSid, conversationId, from, body }, limits)
      : undefined
  const following = { counting: { caps: limits, userId: null }, traceParent }
  const posted = await (member ? postMessage : postReply)(tx, {
    conversationId,
    kind: 'text',
    direction: 'inbound',
    author: {
      kind: 'contact',
      id: contact.contactId,
      name: member?.name ?? contact.name ?? from,
      address: from,
    },
    body,
    mediaCount: text.media.length,
    twilioSid: text.messageSid,
    origin: text.origin,
    ...(text.location && { details: { location: text.location } }),
    relay: command === undefined,
    findHeld,
    ...following,
    awaitsMedia: text.media.length > 0,
  })
  await insertInboundMedia(tx, posted.message.id, text.media)
  if (member && (command === 'stop' || command === 'start')) {
    const { id: subjectId } = member
    await recordChanges(tx, [{ type: 'member.changed', subjectId, conversationId }])
  }
  if (line.created) await recordChanges(tx, [{ type: 'line.changed', subjectId: line.id }])
  if (contact.created) {
    await recordChanges(tx, [{ type: 'contact.changed', subjectId: contact.contactId }])
  }

  const reply = posted.message.heldBecause
    ? undefined
    : await autoReply(tx, { line, conversationId, to: from, inbound: body, command, ...following })
  return {
    posted: reply ? [posted, reply] : [posted],
    mediaOf: text.media.length > 0 ? posted.message.id : null,
  }
}

/** With what it takes back: texts to this one person that were to go out only if nobody replied first. */
async function postReply(tx: Db, draft: Draft): Promise<Posted> {
  const { conversationId } = draft
  const takenBack = await takeBackOnReply(tx, conversationId)
  const posted = await postMessage(tx, draft)
  await tellOfReplied(tx, conversationId, takenBack)
  return posted
}

/**
 * STOP and START take effect here. "Yes" is a START word, and to everybody who never left it is an
 * answer to somebody: only one that ends an opt-out is a command.
 */
async function obeyKeyword(tx: Db, lineId: string, text: InboundText) {
  const keyword = keywordOf(text)
  const who = { lineId, address: text.from }
  const audit = (action: AuditAction) =>
    recordAudit(tx, nobody, { action, subject: text.from, details: { lineId, source: 'keyword' } })
  if (keyword === 'help') await audit('help.asked')
  if (keyword === 'stop' && (await optOut(tx, { ...who, source: 'keyword' }))) {
    await audit('opt_out.began')
  }
  if (keyword !== 'start') return keyword
  if (!(await optIn(tx, who))) return undefined
  await audit('opt_out.ended')
  return keyword
}

const byOptOutType = { STOP: 'stop', START: 'start', HELP: 'help' } as const

/** Twilio's word where it gives one; its default words otherwise, which it acts on for texts only. */
function keywordOf(text: InboundText): ReturnType<typeof keywordIn> {
  if (text.optOutType) return byOptOutType[text.optOutType]
  return text.channel === 'sms' ? keywordIn(text.body) : undefined
}
