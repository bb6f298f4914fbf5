import { timingSafeEqual } from 'node:crypto'
// Only the validator: the whole SDK costs 20 times the memory and start-up.
import {
  getExpectedTwilioSignature,
  validateRequest,
  validateRequestWithBody,
} from 'twilio/lib/webhooks/webhooks.js'
import type { WebhookParams } from '@partyline/contracts/jobs'

export interface Signed {
  signature: string | undefined
  /** As Twilio was told it: PUBLIC_URL and the path with its query, never a Host header. */
  url: string
  params: WebhookParams
  /** The raw bytes of a JSON body, whose hash Twilio signs instead of parameters. */
  json?: string
}

/** Whether one of our tokens signed this. In constant time, by Twilio's own code. */
export function isSignedByTwilio(request: Signed, authTokens: readonly string[]): boolean {
  const { signature, url, params, json } = request
  if (!signature) return false
  return authTokens.some((token) =>
    json === undefined
      ? isSignedAsReceived(token, signature, url, params) ||
        validateRequest(token, signature, url, params)
      : url.includes('bodySHA256=') && validateRequestWithBody(token, signature, url, json),
  )
}

/** What `validateRequest` accepts first for nearly every webhook, without taking the address apart. */
function isSignedAsReceived(token: string, signature: string, url: string, params: WebhookParams) {
  const given = Buffer.from(signature)
  const expected = Buffer.from(signatureOf(token, url, params))
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** The signature that Twilio gives a form it sends to this address. */
export function signatureOf(token: string, url: string, params: WebhookParams): string {
  return getExpectedTwilioSignature(token, url, params)
}
