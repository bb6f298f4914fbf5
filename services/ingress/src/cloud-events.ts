import { z } from 'zod'
import type { InboundWebhook, StatusCallback } from '@partyline/contracts/jobs'
import { maxSidLength } from './message-sid.ts'
import { ourQuery } from './our-query.ts'

const data = z.looseObject({
  messageSid: z.string().min(1).max(maxSidLength),
  accountSid: z.string(),
  from: z.string().default(''),
  to: z.string().default(''),
  body: z.string().default(''),
  numMedia: z.number().default(0),
  messageStatus: z.string().optional(),
  errorCode: z.number().nullish(),
  statusCallBackUrl: z.string().nullish(),
  messagingServiceSid: z.string().nullish(),
})
const cloudEvent = z.looseObject({ type: z.string(), data })
type CloudEvent = z.output<typeof cloudEvent>

/** Twilio sends an array, or one event when a sink does not batch. What is not about a message is left out. */
export function readCloudEvents(json: unknown): CloudEvent[] {
  const given = Array.isArray(json) ? json : [json]
  return given.flatMap((each) => {
    const event = cloudEvent.safeParse(each)
    return event.success ? [event.data] : []
  })
}

/** A status event says what the callback of that status says. */
export function toStatusCallback({ type, data }: CloudEvent): StatusCallback | undefined {
  if (!type.startsWith('com.twilio.messaging.message.') || !data.messageStatus) return undefined
  const query = URL.parse(data.statusCallBackUrl ?? '')?.searchParams
  const status = data.messageStatus.toLowerCase()
  return {
    params: {
      ...{ MessageSid: data.messageSid, AccountSid: data.accountSid, MessageStatus: status },
      ...{ From: data.from, To: data.to },
      ...(data.errorCode != null && { ErrorCode: String(data.errorCode) }),
    },
    receivedAt: new Date().toISOString(),
    ...ourQuery.parse(Object.fromEntries(query ?? [])),
  }
}

/**
 * A text that came in. One with pictures is left to its webhook: the event lacks their addresses, and
 * whichever is kept first is the text.
 */
export function toInbound({ type, data }: CloudEvent): InboundWebhook | undefined {
  if (type !== 'com.twilio.messaging.inbound-message.received' || data.numMedia > 0)
    return undefined
  return {
    params: {
      ...{ MessageSid: data.messageSid, AccountSid: data.accountSid, SmsStatus: 'received' },
      ...{ From: data.from, To: data.to, Body: data.body, NumMedia: '0' },
      ...(data.messagingServiceSid != null && { MessagingServiceSid: data.messagingServiceSid }),
    },
    receivedAt: new Date().toISOString(),
  }
}
