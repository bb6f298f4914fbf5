import type { FoundWebhooks } from '@partyline/contracts/number-webhooks'
import type { SeenNumber } from '@partyline/db/queries/account-numbers'

/** Where texts come in at Twilio: a number or a Messaging Service, and what is done with them. */
export interface Place {
  sid: string
  /** E.164, or the Messaging Service's own SID. */
  address: string
  sms: boolean
  /** The pool that a number is in; a service is in its own. */
  serviceSid: string | null
  found: FoundWebhooks
  /** A Messaging Service that leaves its texts to its numbers. */
  leavesToNumbers: boolean
}

/** What the account has, each with the webhooks that count for it. */
export function findPlaces(seen: SeenNumber[]): Place[] {
  const services = new Map(seen.filter(isService).map((service) => [service.sid, service]))
  return seen.map((number) => {
    const serviceSid = isService(number) ? number.sid : number.serviceSid
    const service = serviceSid === null ? undefined : services.get(serviceSid)
    const { smsUrl, smsMethod, smsFallbackUrl, smsFallbackMethod, smsApplicationSid } = number
    const own = { smsUrl, smsMethod, smsFallbackUrl, smsFallbackMethod, smsApplicationSid }
    return {
      ...{ sid: number.sid, address: number.address, sms: number.sms, serviceSid },
      found: { ...own, service: service && !service.leavesToNumbers ? answering(service) : null },
      leavesToNumbers: number.leavesToNumbers,
    }
  })
}

const isService = ({ sid }: SeenNumber) => sid.startsWith('MG')

function answering(service: SeenNumber): FoundWebhooks['service'] {
  return {
    sid: service.sid,
    inboundRequestUrl: service.smsUrl,
    inboundMethod: service.smsMethod,
    fallbackUrl: service.smsFallbackUrl,
    fallbackMethod: service.smsFallbackMethod,
  }
}
