import type { ErrorGroup } from './error-group.ts'

/** Errors that lie with what the message says. */
export const contentErrors: ErrorGroup[] = [
  {
    retry: 'no',
    advice: 'Change the text and send it as a new message.',
    reasons: {
      21602: 'The message has no text.',
      21619: 'The message has neither text nor a picture.',
      21617: 'The text is longer than 1600 characters.',
      30007: 'The carrier filtered the text as unwanted.',
      30038: 'The text looks like a sign-in code and was filtered.',
      30039: 'The text was stopped because it looked like a loop.',
      63005: 'The channel did not accept the content.',
      63021: 'The channel did not accept the content.',
    },
  },
  {
    retry: 'no',
    advice: 'Use another picture, or send the text without it.',
    reasons: {
      11200: 'Twilio could not fetch an address of ours.',
      21620: 'The address of a picture is not valid.',
      21623: 'A message can carry ten pictures at most.',
      30011: 'The recipient’s carrier does not take pictures.',
      30019: 'The picture is too large for the carrier.',
      63019: 'Twilio could not fetch the picture.',
    },
  },
  {
    retry: 'no',
    advice: 'Use an approved template; free text is open for 24 hours after their last message.',
    reasons: {
      63016: 'The person has not written within the last 24 hours.',
      21654: 'The message needs a template.',
      21655: 'The template does not exist.',
      21656: 'The values for the template are not valid.',
      21658: 'A value for the template is too long.',
      63027: 'The template does not exist in this language.',
      63028: 'The template needs a different number of values.',
      63040: 'The template was rejected.',
      63041: 'The template is paused.',
      63042: 'The template is disabled.',
    },
  },
]
