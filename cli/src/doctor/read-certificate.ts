import { isIP } from 'node:net'
import { connect } from 'node:tls'

export interface Certificate {
  until: Date
  /** Why it is not accepted; undefined when it is. */
  problem: string | undefined
}

const patienceMs = 8_000

/** The certificate that is shown at an address, whether it is good or not. */
export async function readCertificate({ hostname, port }: URL): Promise<Certificate> {
  const host = hostname.replace(/^\[|\]$/g, '')
  const { promise, resolve, reject } = Promise.withResolvers<Certificate>()
  const socket = connect({
    ...{ host, port: Number(port || 443), rejectUnauthorized: false },
    ...(isIP(host) ? {} : { servername: host }),
  })
  socket.setTimeout(patienceMs, () => socket.destroy(new Error('no answer came')))
  socket.once('error', reject)
  socket.once('secureConnect', () => {
    const { valid_to: until } = socket.getPeerCertificate()
    const { authorized, authorizationError: why } = socket
    resolve({ until: new Date(until), problem: authorized ? undefined : inWords(why) })
  })
  return promise.finally(() => socket.destroy())
}

const words: Record<string, string> = {
  CERT_HAS_EXPIRED: 'it has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'nobody but the server itself vouches for it',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority is not a public one',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the server does not show the whole chain',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not a public one, or the chain is not whole',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
}

/** Node says it as a code, as an error with one, or not at all. */
function inWords(why: unknown): string {
  const code = why instanceof Error && 'code' in why ? String(why.code) : String(why)
  return words[code] ?? code
}
