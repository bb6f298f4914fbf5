import type { ErrorGroup } from './error-group.ts'

/** Errors in how we ask Twilio or answer it. */
export const requestErrors: ErrorGroup[] = [
  {
    retry: 'no',
    advice: 'This is a fault in how Partyline asked; please report it.',
    reasons: {
      20001: 'Twilio did not understand the request.',
      20009: 'The message cannot be deleted before it is complete.',
      20404: 'Twilio does not have this any more.',
      20422: 'Twilio did not understand the request.',
      21624: 'The time a text may wait is not valid.',
      30400: 'Twilio did not understand the change.',
      30409: 'The message can no longer be cancelled.',
      35111: 'The time to send at is missing.',
      35114: 'The time to send at is not valid.',
      35115: 'The time to send at is too far ahead.',
      35117: 'The time to send at is too close.',
      35118: 'Only a Messaging Service can send at a later time.',
      35125: 'Too many messages are planned.',
      35126: 'This channel cannot send at a later time.',
    },
  },
  {
    retry: 'no',
    advice: 'Ask for a new code, and wait a few minutes after several attempts.',
    reasons: {
      60200: 'The sign-in code could not be asked for.',
      60202: 'The code was tried too often.',
      60203: 'Too many codes were asked for.',
      60212: 'Too many codes are being asked for at once.',
    },
  },
  {
    retry: 'no',
    advice:
      'An administrator finds in Settings, under Connection and Webhook log, what Twilio cannot reach or read.',
    reasons: {
      11205: 'Twilio could not connect to us.',
      11750: 'Our answer to Twilio was too long.',
      11770: 'Our answer to Twilio was empty.',
      12100: 'Twilio could not read our answer.',
      12200: 'Twilio could not read our answer.',
      12300: 'Our answer to Twilio had the wrong type.',
      14107: 'Twilio stopped a loop of automatic replies.',
      14109: 'Twilio allows ten replies to one text.',
    },
  },
]
