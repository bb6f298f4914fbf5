import { randomBytes } from 'node:crypto'

type Prefix = 'SM' | 'MM' | 'ME' | 'PN' | 'MG' | 'HX' | 'RQ'

export function createSid(prefix: Prefix): string {
  return prefix + randomBytes(16).toString('hex')
}
