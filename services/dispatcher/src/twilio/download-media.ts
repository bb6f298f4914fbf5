import { sniffMediaType } from '@partyline/kit/media-type'
import { hasTooManyPixels } from '@partyline/kit/picture-size'
import { reasonOf } from '@partyline/kit/reason'
import { Agent, type Dispatcher, request } from 'undici'
import type { Config } from '../config.ts'
import { firstHop, type Hop, nextHop } from './hop.ts'
import { NotPublicError, publicOnly } from './public-only.ts'

export type Download =
  | { outcome: 'stored'; bytes: Uint8Array; contentType: string }
  /** Not now: just after the webhook Twilio may not have it yet. */
  | { outcome: 'later'; reason: string }
  | { outcome: 'gone'; reason: string }

const redirect = new Set([301, 302, 303, 307, 308])
const maxRedirects = 2
/** The most that WhatsApp carries. */
const maxBytes = 16 * 1_024 * 1_024
/** The most that an MMS carries. */
const maxImageBytes = 5 * 1_024 * 1_024
const unknownType = 'application/octet-stream'

/**
 * Fetches one picture from Twilio's own address, rebuilt from ids: the address in a webhook is never
 * followed. A redirect is, by hand: see `nextHop`. What the file is, its bytes say.
 */
export async function downloadMedia(
  twilio: Config['twilio'],
  messageSid: string,
  mediaSid: string,
  timeoutMs = 10_000,
): Promise<Download> {
  const base = twilio.apiUrl?.replace(/\/+$/, '') ?? 'https://api.twilio.com'
  const url = `${base}/2010-04-01/Accounts/${twilio.accountSid}/Messages/${messageSid}/Media/${mediaSid}`
  const agents = {
    public: new Agent({ connect: { lookup: publicOnly(), timeout: 5_000 } }),
    configured: new Agent({ connect: { timeout: 5_000 } }),
  }
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    let hop = firstHop(url)
    for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
      const answer = await ask(hop, twilio, agents, signal)
      const { location } = answer.headers
      if (!redirect.has(answer.statusCode) || !location) return await read(answer)
      discard(answer.body)
      hop = nextHop(hop, String(location), new URL(base).origin)
    }
    return { outcome: 'gone', reason: 'redirected too often' }
  } catch (error) {
    const outcome = error instanceof NotPublicError ? 'gone' : 'later'
    return { outcome, reason: reasonOf(error) }
  } finally {
    await Promise.all([agents.public.destroy(), agents.configured.destroy()])
  }
}

async function ask(
  { url, trusted }: Hop,
  twilio: Config['twilio'],
  agents: { public: Agent; configured: Agent },
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  const credentials = Buffer.from(`${twilio.username}:${twilio.password}`).toString('base64')
  return request(url, {
    dispatcher: trusted && twilio.apiUrl ? agents.configured : agents.public,
    headers: {
      'accept-encoding': 'identity',
      ...(trusted && { authorization: `Basic ${credentials}` }),
    },
    signal,
  })
}

async function read({ statusCode, body }: Dispatcher.ResponseData): Promise<Download> {
  if (statusCode !== 200) {
    discard(body)
    return { outcome: 'later', reason: `Twilio answered ${statusCode}` }
  }
  const bytes = await readUpTo(body, maxBytes)
  if (!bytes) return { outcome: 'gone', reason: `larger than ${maxBytes} bytes` }
  const contentType = (await sniffMediaType(bytes)) ?? unknownType
  if (contentType.startsWith('image/') && bytes.length > maxImageBytes) {
    return { outcome: 'gone', reason: `a picture larger than ${maxImageBytes} bytes` }
  }
  if (hasTooManyPixels(bytes)) return { outcome: 'gone', reason: 'a picture of too many pixels' }
  return { outcome: 'stored', bytes, contentType }
}

/** A body that is destroyed unread says so by an error event, which would end the process if nobody heard it. */
function discard(body: Dispatcher.ResponseData['body']): void {
  body.on('error', () => undefined).destroy()
}

/** Undefined as soon as there are more: what a header says of the length is not believed. */
async function readUpTo(
  body: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = []
  let total = 0
  for await (const chunk of body) {
    total += chunk.length
    if (total > limit) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
