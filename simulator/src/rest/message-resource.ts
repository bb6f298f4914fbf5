import { explainTwilioError } from '@partyline/contracts/twilio-errors'
import { toRfc2822 } from '../dates.ts'
import type { MessageRow } from '../store/messages.ts'

/** Twilio's message: all keys always there, numbers as strings, dates in RFC 2822. */
export function toMessageResource(accountSid: string, row: MessageRow, fresh = false) {
  const base = `/2010-04-01/Accounts/${accountSid}/Messages/${row.sid}`
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    body: row.body,
    date_created: toRfc2822(row.created_at),
    date_sent: row.sent_at === null ? null : toRfc2822(row.sent_at),
    date_updated: toRfc2822(row.updated_at),
    direction: row.direction,
    error_code: row.error_code,
    error_message: row.error_code === null ? null : explainTwilioError(row.error_code).reason,
    from: row.sender,
    messaging_service_sid: row.service_sid,
    num_media: String(row.num_media),
    num_segments: String(row.num_segments),
    price: row.price,
    price_unit: 'USD',
    sid: row.sid,
    status: row.status,
    subresource_uris: {
      media: `${base}/Media.json`,
      ...(!fresh && { feedback: `${base}/Feedback.json` }),
    },
    to: row.recipient,
    uri: `${base}.json`,
  }
}
