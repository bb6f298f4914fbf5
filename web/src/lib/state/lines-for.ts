import { type Channel, channelOf } from '@partyline/contracts/channels'
import type { Line } from '@partyline/contracts/api/lines'

/** The channels whose lines can reach a typed address, the likeliest first; undefined while it may be anything. */
export function channelsFor(typed: string): readonly Channel[] | undefined {
  const address = typed.trim()
  const channel = channelOf(address)
  if (channel !== 'sms') return [channel]
  return /^[+(]?\d/.test(address) ? ['sms', 'whatsapp'] : undefined
}

/** The line to begin with: the one used last where it fits, else a text line before others. */
export function firstLine(
  lines: readonly Line[],
  channels: readonly Channel[] | undefined,
  lastId: string | null,
): Line | undefined {
  const fits = channels ? lines.filter(({ channel }) => channels.includes(channel)) : lines
  return (
    fits.find(({ id }) => id === lastId) ??
    fits.find(({ channel }) => channel === (channels?.[0] ?? 'sms')) ??
    fits[0]
  )
}
