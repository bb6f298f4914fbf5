import type { FoundWebhooks, NumberWebhooks } from '@partyline/contracts/number-webhooks'
import type { SeenNumber } from '@partyline/db/queries/account-numbers'
import type { IncomingPhoneNumberInstance } from 'twilio/lib/rest/api/v2010/account/incomingPhoneNumber.js'
import type { ServiceInstance } from 'twilio/lib/rest/messaging/v1/service.js'

/** Twilio has null, or leaves out, what is not set, whatever the SDK's types say. */
type Loose<T> = { [Name in keyof T]?: T[Name] | null }

export function toOwn(number: Loose<IncomingPhoneNumberInstance>): NumberWebhooks {
  return {
    smsUrl: number.smsUrl ?? '',
    smsMethod: number.smsMethod ?? 'POST',
    smsFallbackUrl: number.smsFallbackUrl ?? '',
    smsFallbackMethod: number.smsFallbackMethod ?? 'POST',
    smsApplicationSid: number.smsApplicationSid ?? '',
  }
}

/** Null for a service that leaves its texts to its numbers. */
export function toAnswering(service: Loose<ServiceInstance>): FoundWebhooks['service'] {
  if (service.useInboundWebhookOnNumber) return null
  return {
    sid: service.sid ?? '',
    inboundRequestUrl: service.inboundRequestUrl ?? '',
    inboundMethod: service.inboundMethod ?? 'POST',
    fallbackUrl: service.fallbackUrl ?? '',
    fallbackMethod: service.fallbackMethod ?? 'POST',
  }
}

export function toSeenNumber(
  number: IncomingPhoneNumberInstance,
  serviceSid: string | null,
): SeenNumber {
  // A number that is still being set up may have no capabilities yet.
  const can = (number.capabilities as Loose<typeof number.capabilities> | null) ?? {}
  return {
    sid: number.sid,
    address: number.phoneNumber,
    name: number.friendlyName,
    sms: can.sms ?? false,
    mms: can.mms ?? false,
    ...toOwn(number),
    serviceSid,
    leavesToNumbers: false,
  }
}

/** In the place of a number: its address is its SID. */
export function toSeenService(service: Loose<ServiceInstance> & { sid: string }): SeenNumber {
  return {
    sid: service.sid,
    address: service.sid,
    name: service.friendlyName ?? service.sid,
    sms: true,
    mms: true,
    smsUrl: service.inboundRequestUrl ?? '',
    smsMethod: service.inboundMethod ?? 'POST',
    smsFallbackUrl: service.fallbackUrl ?? '',
    smsFallbackMethod: service.fallbackMethod ?? 'POST',
    smsApplicationSid: '',
    serviceSid: null,
    leavesToNumbers: service.useInboundWebhookOnNumber ?? false,
  }
}
