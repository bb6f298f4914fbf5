import { randomBytes } from 'node:crypto'
import type { Config } from './config.ts'
import type { DataFolder } from './data-folder.ts'

export interface TwilioCredentials {
  accountSid: string
  authToken: string
}

const hex = () => randomBytes(16).toString('hex')

/** Twilio's, or those of the simulator, which are made once and kept. */
export function twilioCredentials(
  { twilio }: Pick<Config, 'twilio'>,
  data: DataFolder,
): TwilioCredentials {
  return (
    twilio ?? {
      accountSid: data.secret('simulator account', () => `AC${hex()}`),
      authToken: data.secret('simulator token', hex),
    }
  )
}
