import { TwilioError } from './twilio-error.ts'

/** Twilio's test numbers: these senders and recipients always answer the same way. */
const magicSenders: Record<string, [code: number, message: string]> = {
  '+15005550001': [21212, "The 'From' number +15005550001 is not a valid phone number."],
  '+15005550007': [21606, "The 'From' phone number +15005550007 cannot send messages."],
  '+15005550008': [21611, "This 'From' number has exceeded the maximum number of queued messages."],
}
const magicRecipients: Record<string, [code: number, message: string]> = {
  '+15005550001': [21211, "The 'To' number +15005550001 is not a valid phone number."],
  '+15005550002': [21612, "The 'To' phone number is not currently reachable from this 'From'."],
  '+15005550003': [21408, "Permission to send an SMS has not been enabled for the region of 'To'."],
  '+15005550004': [21610, 'Attempt to send to unsubscribed recipient'],
  '+15005550009': [21614, "'To' number +15005550009 is not a valid mobile number."],
}

/** Sends like a number of ours without being one. */
export const magicSender = '+15005550006'

export function refuseMagicSender(sender: string): void {
  refuse(magicSenders[sender])
}

export function refuseMagicRecipient(recipient: string): void {
  refuse(magicRecipients[recipient])
}

function refuse(entry: [code: number, message: string] | undefined): void {
  if (entry) throw new TwilioError(...entry)
}
