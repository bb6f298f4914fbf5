import { channelOf, withoutPrefix } from './channels.ts'

/** How fast a line may send: Twilio counts segments, and queues or refuses what is too much. */
export interface Rate {
  segmentsPerSecond: number
  /** What may go at once after a quiet time. */
  burst: number
}

export type SenderType =
  'long_code' | 'toll_free' | 'short_code' | 'international' | 'service' | 'whatsapp' | 'messenger'

/** Twilio's published rates; a line whose registration allows more says so in its settings. */
const segmentsPerSecond: Record<SenderType, number> = {
  long_code: 1,
  toll_free: 3,
  short_code: 100,
  international: 10,
  service: 10,
  whatsapp: 80,
  messenger: 10,
}

/** Half a minute of a slow sender: a small group hears a text at once, and Twilio queues the difference. */
export const smallestBurst = 30

export function senderTypeOf(address: string): SenderType {
  const channel = channelOf(address)
  if (channel !== 'sms') return channel
  const bare = withoutPrefix(address)
  if (bare.startsWith('MG')) return 'service'
  if (/^\+1(800|833|844|855|866|877|888)\d{7}$/.test(bare)) return 'toll_free'
  if (/^\+1\d{10}$/.test(bare)) return 'long_code'
  return /^\d{3,6}$/.test(bare) ? 'short_code' : 'international'
}

export function rateOf(address: string, ofLine: number | null): Rate {
  const perSecond = ofLine ?? segmentsPerSecond[senderTypeOf(address)]
  return { segmentsPerSecond: perSecond, burst: Math.max(smallestBurst, perSecond) }
}

/** How long it takes until the last of so many segments has left. */
export function secondsToSend({ segmentsPerSecond, burst }: Rate, segments: number): number {
  return Math.max(0, segments - burst) / segmentsPerSecond
}
