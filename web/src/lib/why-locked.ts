import type { Reach } from '@partyline/contracts/api/reach'
import type { Conversation } from '@partyline/contracts/api/conversations'

export interface Locked {
  why: string
  /** A person may know better than the carrier. */
  canTryAnyway?: boolean
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
    return { why: whyClosed(channel, window.closesAt === null) }
  }
  if (unreachable) {
    return {
      why: 'The carrier says that no text can arrive at this number: it does not exist, or is a landline.',
      canTryAnyway: true,
    }
  }
  return undefined
}

function whyClosed(channel: Conversation['channel'], neverWrote: boolean): string {
  const name = channel === 'whatsapp' ? 'WhatsApp' : 'Messenger'
  const since = neverWrote
    ? 'They have not written to this line yet.'
    : 'Their last message is more than 24 hours old.'
  return `${since} ${name} takes free text for 24 hours after a message of theirs, and only approved templates at other times. Partyline cannot send those yet: wait until they write, or reach them another way.`
}
