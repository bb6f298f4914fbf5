import { chmodSync, cpSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Certificate {
  /** Whom a client has to trust: nobody does by itself. */
  ca: string
  cert: string
  key: string
}

const kept = fileURLToPath(new URL('certificate', import.meta.url))

/** A certificate for `localhost`, and for no address; its files in this folder, for a server to own. */
export function copyCertificate(folder: string): Certificate {
  cpSync(kept, folder, { recursive: true })
  const at = (name: string) => path.join(folder, name)
  chmodSync(at('key.pem'), 0o600)
  return { ca: at('ca.pem'), cert: at('cert.pem'), key: at('key.pem') }
}
