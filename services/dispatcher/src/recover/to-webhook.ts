import type { InboundWebhook, WebhookParams } from '@partyline/contracts/jobs'
import type { TwilioMessage } from '../twilio/client.ts'

/** The webhook that never came, as far as Twilio's list tells: it knows neither city nor profile name. */
export function toWebhook(
  accountSid: string,
  found: TwilioMessage,
  media: { mediaSid: string; contentType: string }[],
): InboundWebhook {
  const { sid, from, to, body, messagingServiceSid, createdAt } = found
  // Twilio's own address, as in a webhook; only its ids are read.
  const base = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages/${sid}/Media`
  const params: WebhookParams = {
    MessageSid: sid,
    SmsSid: sid,
    AccountSid: accountSid,
    ...(from !== null && { From: from }),
    To: to,
    Body: body,
    NumMedia: String(media.length),
    ...(messagingServiceSid !== null && { MessagingServiceSid: messagingServiceSid }),
  }
  for (const [index, { mediaSid, contentType }] of media.entries()) {
    params[`MediaUrl${index}`] = `${base}/${mediaSid}`
    params[`MediaContentType${index}`] = contentType
  }
  return { params, receivedAt: createdAt.toISOString() }
}
