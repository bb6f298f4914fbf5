import type { IncomingHttpHeaders } from 'node:http'
import { isSignedByTwilio, type Signed } from './signature.ts'

/**
 * The address that a refused webhook was signed for, if it is one that people mix up with ours: another
 * scheme, host or port, a slash too many, a query that a proxy took away. It is told, and nothing else
 * follows from it: what is forged matches none.
 */
export function findMatchingUrl(
  signed: Signed,
  headers: IncomingHttpHeaders,
  authTokens: readonly string[],
): string | null {
  const given = URL.parse(signed.url)
  if (!given || !signed.signature) return null
  const origins = new Set([given.origin, ...originsOf(given, headers)])
  const path = given.pathname
  const slashed = path.endsWith('/') ? path.slice(0, -1) : `${path}/`
  const paths = [path + given.search, slashed + given.search, ...(given.search ? [path] : [])]
  for (const origin of origins) {
    for (const each of paths) {
      const url = origin + each
      if (url === signed.url) continue
      if (isSignedByTwilio({ ...signed, url }, authTokens)) return url
    }
  }
  return null
}

function originsOf({ host, hostname }: URL, headers: IncomingHttpHeaders): string[] {
  const said = [headers.host, headers['x-forwarded-host']].flatMap((each) => each ?? [])
  const hosts = [host, hostname, ...said.filter((each) => /^[\w.:[\]-]{1,255}$/.test(each))]
  return hosts.flatMap((each) => [`https://${each}`, `http://${each}`])
}
