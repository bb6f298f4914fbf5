import {
  type FoundWebhooks,
  wantedServiceWebhooks,
  wantedWebhooks,
} from '@partyline/contracts/number-webhooks'
import type { SeenNumber } from '@partyline/db/queries/account-numbers'
import type { Twilio as Sdk } from 'twilio'
import { toAnswering, toOwn, toSeenNumber, toSeenService } from './account-shapes.ts'
import { type AccountProblem, problemOf } from './account-problem.ts'

/** Twilio's word, or why there is none. */
export type Told<T> = { outcome: 'told'; value: T } | AccountProblem

/** A number, or a Messaging Service, and the service in whose pool the number is. */
export interface AccountPlace {
  sid: string
  serviceSid: string | null
}

/** The part of Twilio that says what the account has and where its texts go. Nothing here throws. */
export interface AccountClient {
  /** Every number and every Messaging Service. */
  list(): Promise<Told<SeenNumber[]>>
  fetchWebhooks(place: AccountPlace): Promise<Told<FoundWebhooks>>
  /** Sets them where they count, and says what they are then. Setting the same twice does no harm. */
  setWebhooks(
    place: AccountPlace,
    found: FoundWebhooks,
    publicUrl: string,
  ): Promise<Told<FoundWebhooks>>
}

const numbersOfAPage = 1_000
const servicesOfAPage = 100

export function createAccountClient(sdk: Sdk): AccountClient {
  const service = (sid: string) => sdk.messaging.v1.services(sid)

  /** The service of each number that is in a pool. */
  async function pools(serviceSids: string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>()
    for (const sid of serviceSids) {
      const pool = await service(sid).phoneNumbers.list({ pageSize: servicesOfAPage })
      for (const number of pool) found.set(number.sid, sid)
    }
    return found
  }

  return {
    list: () =>
      told(async () => {
        const numbers = await sdk.incomingPhoneNumbers.list({ pageSize: numbersOfAPage })
        const services = await sdk.messaging.v1.services.list({ pageSize: servicesOfAPage })
        const pooled = await pools(services.map(({ sid }) => sid))
        return [
          ...numbers.map((number) => toSeenNumber(number, pooled.get(number.sid) ?? null)),
          ...services.map(toSeenService),
        ]
      }),
    fetchWebhooks: ({ sid, serviceSid }) =>
      told(async () => {
        const answering = serviceSid ? toAnswering(await service(serviceSid).fetch()) : null
        if (sid === serviceSid) return { ...nothing, service: answering }
        return { ...toOwn(await sdk.incomingPhoneNumbers(sid).fetch()), service: answering }
      }),
    setWebhooks: ({ sid }, found, publicUrl) =>
      told(async () => {
        if (found.service) {
          const wanted = wantedServiceWebhooks(publicUrl)
          const answer = await service(found.service.sid).update(wanted)
          return { ...found, service: toAnswering(answer) }
        }
        const answer = await sdk.incomingPhoneNumbers(sid).update(wantedWebhooks(publicUrl))
        return { ...toOwn(answer), service: null }
      }),
  }
}

/** A Messaging Service has no webhooks of a number. */
const nothing = {
  smsUrl: '',
  smsMethod: '',
  smsFallbackUrl: '',
  smsFallbackMethod: '',
  smsApplicationSid: '',
}

async function told<T>(ask: () => Promise<T>): Promise<Told<T>> {
  try {
    return { outcome: 'told', value: await ask() }
  } catch (error) {
    return problemOf(error)
  }
}
