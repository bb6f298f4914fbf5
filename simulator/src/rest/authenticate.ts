import { createHash, timingSafeEqual } from 'node:crypto'
import type { SimulatorConfig } from '../config.ts'
import { TwilioError } from './twilio-error.ts'

/** HTTP Basic with the account's token or an API key, as on every Twilio host. */
export function authenticate(config: SimulatorConfig, authorization: string | undefined): void {
  const [scheme, encoded = ''] = (authorization ?? '').split(' ')
  const given = scheme?.toLowerCase() === 'basic' ? Buffer.from(encoded, 'base64').toString() : ''
  const accepted = [`${config.accountSid}:${config.authToken}`]
  if (config.apiKey) accepted.push(`${config.apiKey.sid}:${config.apiKey.secret}`)
  if (!accepted.some((pair) => same(pair, given))) throw new TwilioError(20003, 'Authenticate')
}

function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
