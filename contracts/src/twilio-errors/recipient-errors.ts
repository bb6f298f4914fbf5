import type { ErrorGroup } from './error-group.ts'

/** Errors that lie with the person who should get the text. */
export const recipientErrors: ErrorGroup[] = [
  {
    retry: 'no',
    advice: 'Correct the number in the contact and send again.',
    reasons: {
      21201: 'There is no number to send to.',
      21604: 'There is no number to send to.',
      21211: 'The number is not a valid phone number.',
      21217: 'The number is not a valid phone number.',
      21265: 'The number is a short code, which cannot receive texts from us.',
      21266: 'A line cannot text itself.',
      21268: 'The number is a premium-rate number.',
      21612: 'No route leads from this line to this number.',
      21614: 'The number is not a mobile phone.',
      21635: 'The number is a landline.',
      30005: 'The number does not exist or is switched off for good.',
      30006: 'The number is a landline, or its carrier cannot be reached.',
      63003: 'The recipient is not known on this channel.',
      63024: 'The recipient is not known on this channel.',
    },
  },
  {
    retry: 'no',
    advice: 'The person must text START to this line before you can write again.',
    reasons: {
      21610: 'The recipient has opted out of texts from this line.',
      63033: 'The recipient has opted out of messages from this sender.',
      63050: 'The recipient has opted out of marketing messages.',
    },
  },
  {
    retry: 'no',
    advice: 'Reach the person another way.',
    reasons: {
      30004: 'The recipient’s phone or carrier blocks texts from this line.',
      30046: 'The carrier never confirmed the delivery.',
      30640: 'The number is on a list of people who take legal action over texts.',
      63049: 'WhatsApp chose not to deliver this marketing message.',
    },
  },
]
