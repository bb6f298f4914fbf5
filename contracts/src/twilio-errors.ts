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
