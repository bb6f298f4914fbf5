import { channelOf } from '@partyline/contracts/channels'
import { createSid } from '../sid.ts'
import type { Simulation } from '../simulation.ts'
import type { MessageRow } from '../store/messages.ts'
import { reachable } from '../webhooks/reachable.ts'

const largestBytes = { sms: 5_000_000, whatsapp: 16_000_000, messenger: 16_000_000 }
const patienceMs = 15_000

/** Gets the pictures of an outbound text, as Twilio does. The error number if one cannot be had. */
export async function fetchMedia(sim: Simulation, row: MessageRow): Promise<number | undefined> {
  const channel = channelOf(row.recipient)
  const urls = JSON.parse(row.media_urls) as string[]
  if (sim.store.media.ofMessage(row.sid).length === urls.length) return undefined
  for (const url of urls) {
    const picture = await download(reachable(sim.config, url), largestBytes[channel])
    if ('failure' in picture) return channel === 'sms' ? picture.failure : 63019
    sim.store.media.insert({
      sid: createSid('ME'),
      message_sid: row.sid,
      content_type: picture.contentType,
      bytes: picture.bytes,
      created_at: sim.now(),
    })
  }
  return undefined
}

type Picture = { contentType: string; bytes: Uint8Array } | { failure: 11200 | 12300 | 30019 }

async function download(url: string, largest: number): Promise<Picture> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(patienceMs) })
    const bytes = new Uint8Array(await answer.arrayBuffer())
    const contentType = answer.headers.get('content-type')?.split(';')[0] ?? ''
    if (!answer.ok) return { failure: 11200 }
    if (!/^(image|video|audio|text|application)\/[\w.+-]+$/.test(contentType)) {
      return { failure: 12300 }
    }
    return bytes.length > largest ? { failure: 30019 } : { contentType, bytes }
  } catch {
    // Whatever went wrong on the way, Twilio has one number for it.
    return { failure: 11200 }
  }
}
