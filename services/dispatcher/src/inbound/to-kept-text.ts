import type { InboundWebhook } from '@partyline/contracts/jobs'
import type { KeptText } from './takers.ts'

export function toKeptText({ params, traceParent }: InboundWebhook): KeptText {
  return {
    messageSid: String(params['MessageSid'] ?? params['SmsSid']),
    key: `${String(params['From'])} ${String(params['To'])}`,
    traceParent,
  }
}
