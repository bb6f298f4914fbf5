import { one, type Form } from './form.ts'
import { TwilioError } from './twilio-error.ts'

const soonestMs = 300_000
const latestMs = 35 * 24 * 60 * 60 * 1_000

/** When a planned text is to go out; null for one that goes at once. */
export function readSchedule(form: Form, hasService: boolean, now: number): number | null {
  if (one(form, 'ScheduleType') === undefined) return null
  const sendAt = one(form, 'SendAt')
  if (!hasService) {
    throw new TwilioError(35118, 'MessagingServiceSid is required to schedule a message.')
  }
  if (!sendAt) throw new TwilioError(35111, "'SendAt' is required for ScheduleType 'fixed'.")
  const at = Date.parse(sendAt)
  if (Number.isNaN(at)) throw new TwilioError(35114, "'SendAt' is not a valid date.")
  if (at - now < soonestMs) throw new TwilioError(35117, "'SendAt' is less than 300 seconds away.")
  if (at - now > latestMs) throw new TwilioError(35115, "'SendAt' is more than 35 days away.")
  return at
}
