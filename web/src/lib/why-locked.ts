import type { Reach } from '@partyline/contracts/api/reach'
import type { Conversation } from '@partyline/contracts/api/conversations'

export interface Locked {
  why: string
  /** A person may know better than the carrier. */
  canTryAnyway?: boolean
  /** A template still goes. */
  takesTemplates?: boolean
}

type Given = Pick<
  Conversation,
  'kind' | 'optedOut' | 'unreachable' | 'memberCount' | 'channel' | 'line'
>

/** Why nothing can be sent into a conversation; undefined where something can. */
export function whyLocked(
  conversation: Given,
  window?: Reach['window'],
  now = Date.now(),
): Locked | undefined {
  const { kind, optedOut, unreachable, memberCount, channel, line } = conversation
  if (kind !== 'web' && line === null) {
    return { why: 'This conversation has no line any more, so nothing can be sent from here.' }
  }
  if (optedOut) {
    return {
      why: 'This contact texted STOP, so nothing can be sent. They get texts again after they text START.',
    }
  }
  if (kind === 'group' && memberCount === 0) {
    return { why: 'Nobody to send to: the group has no members.' }
  }
  if (window && (window.closesAt === null || Date.parse(window.closesAt) <= now)) {
    return whyClosed(channel === 'whatsapp', window.closesAt === null)
  }
  if (unreachable) {
    return {
      why: 'The carrier says that no text can arrive at this number: it does not exist, or is a landline.',
      canTryAnyway: true,
    }
  }
  return undefined
}

function whyClosed(takesTemplates: boolean, neverWrote: boolean): Locked {
  const since = neverWrote
    ? 'They have not written to this line yet.'
    : 'Their last message is more than 24 hours old.'
  const what = takesTemplates
    ? 'Until they write, WhatsApp takes approved templates only.'
    : 'Messenger takes messages for 24 hours after one of theirs, and has no templates: wait until they write, or reach them another way.'
  return { why: `${since} ${what}`, takesTemplates }
}
