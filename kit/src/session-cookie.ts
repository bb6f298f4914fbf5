/** Where a browser keeps its session. Written by api, read by realtime too. */
export interface SessionCookie {
  name: string
  /** The token in a `Cookie` header, if there is one. */
  read(header: string | undefined): string | undefined
  /** The `Set-Cookie` that signs a browser in, or with an empty token out. */
  write(token: string, maxAgeSeconds: number): string
}

/**
 * Over https the `__Host-` prefix keeps other hosts of the domain from setting it. Browsers accept that
 * prefix over https only, so at http://localhost the name is plain.
 */
export function createSessionCookie(publicUrl: string): SessionCookie {
  const secure = publicUrl.startsWith('https:')
  const name = secure ? '__Host-partyline' : 'partyline'
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  return {
    name,
    read(header) {
      for (const pair of header?.split(';') ?? []) {
        const [key, value] = pair.split('=', 2)
        if (key?.trim() === name && value) return value.trim()
      }
      return undefined
    },
    write: (token, maxAgeSeconds) => `${name}=${token}; Max-Age=${maxAgeSeconds}; ${attributes}`,
  }
}
