import type { ErrorGroup } from './error-group.ts'

/** Errors that lie with the account or the line. */
export const lineErrors: ErrorGroup[] = [
  {
    retry: 'no',
    advice: 'Check the Twilio credentials and the state of the account, then send again.',
    reasons: {
      20003: 'Twilio did not accept our credentials.',
      20005: 'The Twilio account is not active.',
      20006: 'The Twilio account may not use this.',
      20008: 'Test credentials cannot do this.',
      30002: 'The Twilio account is suspended.',
      63001: 'The channel did not accept our credentials.',
    },
  },
  {
    retry: 'no',
    advice: 'Check the line in Partyline and in the Twilio console.',
    reasons: {
      21212: 'The line’s number is not valid.',
      21267: 'A trial account cannot send from a name.',
      21601: 'The line’s number cannot send texts.',
      21603: 'No line was given to send from.',
      21606: 'The line’s number does not belong to the account, or cannot send texts.',
      21659: 'The line’s number is not a Twilio number.',
      21660: 'The line’s number belongs to another Twilio account.',
      21661: 'The line’s number cannot send texts.',
      21701: 'The Messaging Service does not exist.',
      21702: 'The Messaging Service is not available.',
      21703: 'The Messaging Service has no number that can reach this recipient.',
      21704: 'The Messaging Service has no numbers.',
      21705: 'The Messaging Service is not valid.',
      21910: 'The line and the recipient are on different channels.',
      63007: 'The line is not set up on this channel.',
    },
  },
  {
    retry: 'no',
    advice: 'Change the setting in the Twilio console, then send again.',
    reasons: {
      21406: 'A fallback address needs a first address.',
      21408: 'The account may not text this country.',
      21608: 'A trial account can only text verified numbers.',
      21609: 'The address for status reports is not valid.',
      21621: 'The line’s number cannot send pictures.',
      21622: 'The account cannot send pictures.',
      30032: 'The toll-free number is not verified yet.',
      30033: 'The campaign of this number is suspended.',
      30034: 'The number is not registered for business texting in the US.',
      30035: 'The number’s registration is still being set up.',
      63015: 'The recipient has not joined the WhatsApp sandbox.',
    },
  },
]
