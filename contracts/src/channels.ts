import { z } from 'zod'

export const channels = ['sms', 'whatsapp', 'messenger'] as const
export const channel = z.enum(channels)
export type Channel = z.infer<typeof channel>

/** Twilio's prefixes: `whatsapp:+1555…`, `messenger:<id>`; a bare number is SMS (and MMS). */
export function channelOf(address: string): Channel {
  if (address.startsWith('whatsapp:')) return 'whatsapp'
  if (address.startsWith('messenger:')) return 'messenger'
  return 'sms'
}

export function withoutPrefix(address: string): string {
  return address.replace(/^(whatsapp|messenger):/, '')
}

/** The address of a person on a channel: the same phone, spelled as that channel spells it. */
export function onChannel(bare: string, wanted: Channel): string {
  return wanted === 'sms' ? bare : `${wanted}:${bare}`
}
