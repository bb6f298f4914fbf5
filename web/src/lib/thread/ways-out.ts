import type { Delivery } from '@partyline/contracts/api/deliveries'

/** Nothing will ever arrive there: who is behind such a number is of no use in a group. */
const deadNumbers = new Set([21211, 21265, 21268, 21610, 21612, 21614, 21635, 30004, 30005, 30006])
const unregistered = new Set([30032, 30034, 30035])
/** WhatsApp takes templates then, and Messenger nothing. */
const outsideWindow = 63016
const registration = 'https://console.twilio.com/us1/develop/sms/regulatory-compliance'

/** What a person can do about a text that did not arrive. */
export function waysOut({ canRetry, error }: Pick<Delivery, 'canRetry' | 'error'>): {
  retry: boolean
  remove: boolean
  register: string | undefined
  template: boolean
} {
  const code = error?.code ?? 0
  return {
    retry: canRetry,
    remove: deadNumbers.has(code),
    template: code === outsideWindow,
    register: unregistered.has(code) ? registration : undefined,
  }
}
