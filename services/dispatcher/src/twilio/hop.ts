import { isIP } from 'node:net'
import { isPublicAddress, NotPublicError } from './public-only.ts'

/** One request on the way to a file. */
export interface Hop {
  url: URL
  /** The API we are configured for: it may be on this machine, and alone is given our credentials. */
  trusted: boolean
}

export function firstHop(url: string): Hop {
  return { url: new URL(url), trusted: true }
}

/** Where a redirect leads, as long as it may: by https to a public address, or back to the API. */
export function nextHop(from: Hop, location: string, apiOrigin: string): Hop {
  const url = URL.parse(location, from.url.href)
  if (!url) throw new NotPublicError()
  if (url.origin === apiOrigin) return { url, trusted: true }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // A name is judged when it is resolved; an address is never resolved.
  if (url.protocol !== 'https:' || (isIP(host) && !isPublicAddress(host)))
    throw new NotPublicError()
  url.username = ''
  url.password = ''
  return { url, trusted: false }
}
