import { createPrivateKey, sign } from 'node:crypto'
import type { VapidKeys } from '@partyline/db/queries/push-subscriptions'

/** RFC 8292 allows a day; clocks differ. */
const validSeconds = 12 * 3_600

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

/** Whom a push service may write to about us: this installation, by its address. */
function contactOf(publicUrl: string): string {
  const { protocol, hostname } = new URL(publicUrl)
  return protocol === 'https:' ? publicUrl : `mailto:partyline@${hostname}`
}

/** What proves to a push service that whoever a browser subscribed to is asking (RFC 8292). */
export function signVapid(
  endpoint: string,
  { publicKey, privateKey }: VapidKeys,
  publicUrl: string,
): string {
  const claims = {
    aud: new URL(endpoint).origin,
    exp: Math.floor(Date.now() / 1_000) + validSeconds,
    sub: contactOf(publicUrl),
  }
  const said = `${encode({ typ: 'JWT', alg: 'ES256' })}.${encode(claims)}`
  const point = Buffer.from(publicKey, 'base64url')
  const x = point.subarray(1, 33).toString('base64url')
  const y = point.subarray(33).toString('base64url')
  const jwk = { kty: 'EC', crv: 'P-256', x, y, d: privateKey }
  const key = createPrivateKey({ key: jwk, format: 'jwk' })
  const signature = sign('sha256', Buffer.from(said), { key, dsaEncoding: 'ieee-p1363' })
  return `vapid t=${said}.${signature.toString('base64url')}, k=${publicKey}`
}
