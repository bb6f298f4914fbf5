import type { ErrorGroup } from './error-group.ts'

/** Errors of the moment, and those without a known cause. */
export const passingErrors: ErrorGroup[] = [
  {
    retry: 'soon',
    advice: 'It is tried again shortly.',
    reasons: {
      20429: 'Twilio is taking too many requests at once.',
      30017: 'The carrier is congested.',
      30022: 'The line has reached its rate limit.',
      63010: 'The channel had an internal fault.',
      63012: 'The channel’s provider had an internal fault.',
      63017: 'The channel’s rate limit is reached.',
      63018: 'The channel’s rate limit is reached.',
    },
  },
  {
    retry: 'later',
    advice: 'Send it again in a few hours.',
    reasons: {
      21611: 'Too many texts are already waiting on this line.',
      30001: 'Too many texts are already waiting on this line.',
      30003: 'The phone is switched off or out of reach.',
      30036: 'The text waited too long and was given up.',
      30410: 'The carrier did not answer in time.',
      30610: 'The text fell into the recipient’s quiet hours.',
    },
  },
  {
    retry: 'later',
    advice: 'Send it again tomorrow.',
    reasons: {
      30023: 'The line has reached its daily limit.',
      30027: 'The carrier’s daily limit for this line is reached.',
      30454: 'The account has reached its limit of messages.',
      63038: 'The account has reached its daily limit.',
    },
  },
  {
    retry: 'once',
    advice: 'Send it once more; if it fails again, look into the Twilio console.',
    reasons: {
      20504: 'Twilio had an internal fault.',
      30008: 'The carrier gave no reason.',
      30020: 'Twilio had an internal fault.',
      30021: 'Twilio had an internal fault.',
      30500: 'Twilio had an internal fault.',
    },
  },
  {
    retry: 'no',
    advice: 'Look into the Twilio console for the reason.',
    reasons: {
      30450: 'Twilio blocked the delivery as suspicious.',
      30453: 'The text could not be delivered.',
      30485: 'The text could not be delivered.',
    },
  },
  {
    retry: 'unknown',
    advice: 'Partyline finds out whether Twilio took the message before it sends again.',
    reasons: {
      20500: 'Twilio had an internal fault.',
      20503: 'Twilio was not available.',
    },
  },
]
