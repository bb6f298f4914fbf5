import type { DeliveryStatus } from './delivery-status.ts'
import { explainTwilioError } from './twilio-errors.ts'

/** Why we did not send, where the reason is ours and not Twilio's. */
const causes = {
  opted_out: {
    reason: 'They texted STOP to this line.',
    advice: 'They get nothing from this line until they text START to it.',
  },
  member_left: {
    reason: 'They left the group before this text went out.',
    advice: 'Add them to the group again if they are to get its texts.',
  },
  no_receipt: {
    reason: 'The carrier has not said for three days whether this text arrived.',
    advice: 'It may have arrived. Ask, if it matters.',
  },
  send_cap: {
    reason: 'Everything that may be sent in a day had been sent, so this text was held back.',
    advice: 'Send it again after midnight UTC, or ask an administrator to allow more a day first.',
  },
  unreachable: {
    reason: 'The carrier said before that no text can arrive at this number, so it was not sent.',
    advice:
      'Correct the number in the contact. If you think that it works again, retry: then it is really sent.',
  },
  country_not_allowed: {
    reason: 'This number belongs to a country that no text may go to.',
    advice: 'Ask an administrator to allow this country, then send it again.',
  },
} as const satisfies Record<string, { reason: string; advice: string }>

export type DeliveryCause = keyof typeof causes

/** Why a delivery waits for a person: it was held back, or nobody could find out whether it went out. */
export const reviewCauses = ['send_cap', 'unsettled', 'absent_twice', 'policy_hold'] as const
export type ReviewCause = (typeof reviewCauses)[number]

const inReview = {
  reason: 'We could not find out whether this text went out.',
  advice: 'Ask whether it arrived. Sending it again may make it arrive twice.',
}

/** What went wrong with a delivery, in words; null while nothing did. */
export function explainDelivery(delivery: {
  status: DeliveryStatus
  errorCode: number | null
  cause: string | null
}): { code: number | null; reason: string; advice: string } | null {
  const { status, errorCode, cause } = delivery
  if (cause !== null && Object.hasOwn(causes, cause)) {
    return { code: errorCode, ...causes[cause as DeliveryCause] }
  }
  if (status === 'review') return { code: errorCode, ...inReview }
  if (errorCode === null && status !== 'failed' && status !== 'undelivered') return null
  const { reason, advice } = explainTwilioError(errorCode)
  return { code: errorCode, reason, advice }
}
