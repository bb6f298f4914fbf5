import type { Config } from '../config.ts'

export type Download =
  | { outcome: 'stored'; bytes: Uint8Array; contentType: string }
  /** Not now: just after the webhook Twilio may not have it yet. */
  | { outcome: 'later'; reason: string }
  | { outcome: 'gone'; reason: string }

const maxBytes = 16_000_000
const timeoutMs = 20_000

/**
 * Fetches one picture from Twilio's own address, rebuilt from ids. The address in a webhook is never
 * followed, and `fetch` drops our credentials when Twilio redirects to another host.
 */
export async function downloadMedia(
  twilio: Config['twilio'],
  messageSid: string,
  mediaSid: string,
): Promise<Download> {
  const base = twilio.apiUrl?.replace(/\/+$/, '') ?? 'https://api.twilio.com'
  const url = `${base}/2010-04-01/Accounts/${twilio.accountSid}/Messages/${messageSid}/Media/${mediaSid}`
  const credentials = Buffer.from(`${twilio.username}:${twilio.password}`).toString('base64')
  try {
    const answer = await fetch(url, {
      headers: { authorization: `Basic ${credentials}` },
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (!answer.ok) {
      await answer.body?.cancel()
      return { outcome: 'later', reason: `Twilio answered ${answer.status}` }
    }
    const bytes = await readUpTo(answer, maxBytes)
    if (!bytes) return { outcome: 'gone', reason: `larger than ${maxBytes} bytes` }
    const contentType = answer.headers.get('content-type')?.split(';')[0]?.trim()
    return { outcome: 'stored', bytes, contentType: contentType ?? 'application/octet-stream' }
  } catch (error) {
    return { outcome: 'later', reason: error instanceof Error ? error.message : String(error) }
  }
}

/** Undefined as soon as there are more: what a header says of the length is not believed. */
async function readUpTo(answer: Response, limit: number): Promise<Uint8Array | undefined> {
  const body: AsyncIterable<Uint8Array> | null = answer.body
  const chunks: Uint8Array[] = []
  let total = 0
  for await (const chunk of body ?? []) {
    total += chunk.length
    if (total > limit) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
