import { onChannel, withoutPrefix, type Channel } from '@partyline/contracts/channels'
import { formatAddress } from '@partyline/contracts/phone'
import { z } from 'zod'

/** Each of these that is set becomes a line. */
export const lineSeeds = {
  TWILIO_NUMBER: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, 'must be + and digits, such as +15555550100')
    .optional(),
  WHATSAPP_ID: z
    .string()
    .regex(/^(whatsapp:)?\+[1-9]\d{6,14}$/, 'must be whatsapp: and a phone number')
    .optional(),
  FACEBOOK_MESSENGER_ID: z
    .string()
    .regex(/^(messenger:)?\w{1,64}$/, 'must be messenger: and the page’s id')
    .optional(),
  TWILIO_MESSAGING_SERVICE_SID: z
    .string()
    .regex(/^MG[0-9a-fA-F]{32}$/, 'must be MG and 32 hex digits')
    .optional(),
}

type Seeds = { [Name in keyof typeof lineSeeds]?: string | undefined }

const channelOf: Record<keyof Seeds, Channel> = {
  TWILIO_NUMBER: 'sms',
  WHATSAPP_ID: 'whatsapp',
  FACEBOOK_MESSENGER_ID: 'messenger',
  TWILIO_MESSAGING_SERVICE_SID: 'sms',
}

const label: Record<keyof Seeds, string> = {
  TWILIO_NUMBER: 'Phone',
  WHATSAPP_ID: 'WhatsApp',
  FACEBOOK_MESSENGER_ID: 'Messenger',
  TWILIO_MESSAGING_SERVICE_SID: 'Messaging Service',
}

export interface LineSeed {
  address: string
  channel: Channel
  name: string
}

export function toLines(seeds: Seeds): LineSeed[] {
  const names = Object.keys(lineSeeds) as (keyof Seeds)[]
  return names.flatMap((name) => {
    const given = seeds[name]
    if (given === undefined) return []
    const channel = channelOf[name]
    const address = onChannel(withoutPrefix(given), channel)
    return [{ address, channel, name: `${label[name]} ${formatAddress(address)}` }]
  })
}
