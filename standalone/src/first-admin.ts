import { randomBytes } from 'node:crypto'
import type { Config } from './config.ts'
import type { DataFolder } from './data-folder.ts'

export interface FirstAdmin {
  email: string
  password: string
  /** What the terminal shows of the password: never one that somebody chose. */
  shown: string
}

/** The configured admin; with the simulator, one with a password of this installation's own. */
export function firstAdmin(
  { admin, twilio }: Pick<Config, 'admin' | 'twilio'>,
  data: DataFolder,
): FirstAdmin | undefined {
  if (admin) return { ...admin, shown: '(ADMIN_PASSWORD)' }
  if (twilio) return undefined
  const password = data.secret('demo password', () => randomBytes(9).toString('base64url'))
  return { email: 'admin@example.com', password, shown: password }
}
