import { randomBytes } from 'node:crypto'
import type { KeptSecrets } from './kept-secrets.ts'

interface Credentials {
  accountSid: string
  authToken: string
}

const hex = () => randomBytes(16).toString('hex')

/** Those of the simulator's account, which are made once and kept. */
export function simulatorCredentials(secret: KeptSecrets): Credentials {
  return {
    accountSid: secret('simulator account', () => `AC${hex()}`),
    authToken: secret('simulator token', hex),
  }
}
