import type { WebhookParams } from '@partyline/contracts/jobs'
import { field } from './form.ts'

/** Twilio's have 34. What no index can hold would keep its whole envelope out of Postgres, for ever. */
export const maxSidLength = 100

export function messageSidOf(params: WebhookParams): string | undefined {
  const sid = field(params, 'MessageSid') ?? field(params, 'SmsSid') ?? ''
  return sid === '' || sid.length > maxSidLength ? undefined : sid
}
