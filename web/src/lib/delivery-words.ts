import type { Delivery } from '@partyline/contracts/api/deliveries'
import type { Message } from '@partyline/contracts/api/messages'
import type { DeliveryStatus } from '@partyline/contracts/delivery-status'

export type Tone = 'waiting' | 'sent' | 'done' | 'failed' | 'unsure'

export interface Words {
  text: string
  tone: Tone
}

const words: Record<DeliveryStatus, Words> = {
  queued: { text: 'Queued', tone: 'waiting' },
  sending: { text: 'Sending', tone: 'waiting' },
  accepted: { text: 'Queued at the carrier', tone: 'waiting' },
  unknown: { text: 'Checking whether it was sent', tone: 'unsure' },
  review: { text: 'On hold', tone: 'unsure' },
  sent: { text: 'Sent', tone: 'sent' },
  delivered: { text: 'Delivered', tone: 'done' },
  read: { text: 'Read', tone: 'done' },
  undelivered: { text: 'Not delivered', tone: 'failed' },
  failed: { text: 'Not sent', tone: 'failed' },
  cancelled: { text: 'Cancelled', tone: 'failed' },
}

/** Never sent, because they had texted STOP: nobody failed, and nobody can try again. */
export function isOptedOut({ status, error }: Delivery): boolean {
  return status === 'cancelled' && error !== null && error.reason.includes('STOP')
}

/** After so long somebody should have said what became of a text. */
const quietMs = 10 * 60_000

export function wordsOfDelivery(delivery: Delivery, now?: number): Words {
  if (isOptedOut(delivery)) return { text: 'Opted out', tone: 'unsure' }
  const { status, updatedAt } = delivery
  const quietFor = now === undefined ? 0 : now - Date.parse(updatedAt)
  if ((status === 'sent' || status === 'accepted') && quietFor > quietMs) {
    const taken = status === 'sent' ? 'Sent' : 'With Twilio'
    return { text: `${taken}, no news for ${lengthOf(quietFor)}`, tone: 'unsure' }
  }
  return words[status]
}

function lengthOf(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours} h`
  return `${Math.floor(hours / 24)} days`
}

/**
 * How a message fares, in one line; undefined when it is for nobody outside. The message counts who opted
 * out among the failed: who knows how many they are says so.
 */
export function wordsOfMessage(
  message: Message,
  { optedOut = 0, now }: { optedOut?: number; now?: number } = {},
): Words | undefined {
  const { deliveries, delivery, held } = message
  if (held) return { text: 'Not passed on', tone: 'unsure' }
  if (deliveries.total === 0) {
    return message.kind === 'announcement'
      ? { text: 'Texted to nobody', tone: 'unsure' }
      : undefined
  }
  if (delivery) return wordsOfDelivery(delivery, now)
  const { total, delivered, unknown, queued } = deliveries
  const failed = Math.max(0, deliveries.failed - optedOut)
  const reached =
    `${delivered} of ${total} got it` + (optedOut > 0 ? `, ${optedOut} opted out` : '')
  if (failed > 0) return { text: `${reached}, ${failed} failed`, tone: 'failed' }
  if (unknown > 0) return { text: `${reached}, ${unknown} on hold`, tone: 'unsure' }
  if (delivered === total) return { text: reached, tone: 'done' }
  return { text: reached, tone: queued > 0 ? 'waiting' : 'sent' }
}
