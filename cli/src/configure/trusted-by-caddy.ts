import type { Files } from './write-folder.ts'

/** What our services call by a name, as Caddy wants it. */
const ranges: Record<string, string> = {
  loopback: '127.0.0.0/8 ::1/128',
  linklocal: '169.254.0.0/16 fe80::/10',
  uniquelocal: '10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7',
}

/** What our Caddyfile imports: proxies before it whose word is taken for where a request came from. Nobody's unless named. */
export function trustedByCaddy(given: string | undefined): Files {
  const named = given?.split(',').map((each) => each.trim()) ?? []
  const trusted = named.filter(Boolean).map((each) => ranges[each] ?? each)
  if (trusted.length === 0) return {}
  return { 'trusted-proxies.caddy': `trusted_proxies ${trusted.join(' ')}\n` }
}
