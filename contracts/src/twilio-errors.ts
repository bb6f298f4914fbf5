import { contentErrors } from './twilio-errors/content-errors.ts'
import { lineErrors } from './twilio-errors/line-errors.ts'
import { passingErrors } from './twilio-errors/passing-errors.ts'
import { recipientErrors } from './twilio-errors/recipient-errors.ts'
import { requestErrors } from './twilio-errors/request-errors.ts'
import type { TwilioErrorExplanation } from './twilio-errors/error-group.ts'

const groups = [
  ...recipientErrors,
  ...lineErrors,
  ...contentErrors,
  ...passingErrors,
  ...requestErrors,
]

const explanations = new Map<number, TwilioErrorExplanation>(
  groups.flatMap(({ reasons, advice, retry }) =>
    Object.entries(reasons).map(([code, reason]) => [Number(code), { reason, advice, retry }]),
  ),
)

/** A Twilio error number in words a user can act on. */
export function explainTwilioError(code: number | null): TwilioErrorExplanation {
  const known = code === null ? undefined : explanations.get(code)
  if (known) return known
  return {
    reason: code === null ? 'Twilio gave no reason.' : `Twilio reported error ${code}.`,
    advice: 'Look into the Twilio console for the reason, then decide whether to send again.',
    retry: 'no',
  }
}

/**
 * Who refuses says that nothing can ever arrive at this address, from any line: it is no number, no
 * mobile one, or nobody's. What may pass (30003, a phone that is off), what lies with our line (21612,
 * 30004) and what the person chose (21610) is not among them.
 */
export const neverArrives: readonly number[] = [
  ...[21211, 21217, 21265, 21614, 21635],
  ...[30005, 30006],
  // No such account on WhatsApp or Messenger.
  ...[63003, 63024],
]

/** Of those: there is a phone, but not one that takes texts. */
export const landlineErrors: readonly number[] = [21614, 21635, 30006]

/**
 * What is wrong lies with the line, whoever it is sent to: not registered, not ours, not able to text, or
 * taken for spam.
 */
export const lineAtFault: readonly number[] = [
  ...[21212, 21601, 21606, 21659, 21660, 21661, 21701, 21702, 21704, 21705],
  ...[30007, 30032, 30033, 30034, 30035, 63007],
]
