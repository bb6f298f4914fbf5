/**
 * `soon`: seconds to minutes. `later`: hours, or the next day. `once`: one more attempt may help.
 * `unknown`: Twilio may have taken it after all, so find out before sending again.
 */
export type RetryAdvice = 'no' | 'soon' | 'later' | 'once' | 'unknown'

export interface TwilioErrorExplanation {
  reason: string
  advice: string
  retry: RetryAdvice
}

export interface ErrorGroup {
  retry: RetryAdvice
  advice: string
  reasons: Record<number, string>
}
