import { channelOf, type Channel } from '@partyline/contracts/channels'
import type { WebhookParams } from '@partyline/contracts/jobs'

export interface InboundText {
  messageSid: string
  from: string
  to: string
  messagingServiceSid: string | null
  channel: Channel
  body: string
  /** What a WhatsApp sender calls themselves. */
  profileName: string | undefined
  origin: { city: string; state: string; zip: string; country: string }
  location:
    | { latitude: string; longitude: string; label: string | null; address: string | null }
    | undefined
  media: { contentType: string; messageSid: string; mediaSid: string }[]
  /** With Advanced Opt-Out Twilio tells us what it understood. */
  optOutType: 'STOP' | 'START' | 'HELP' | undefined
}

/** Twilio's parameters as a text. Throws when they lack what every text has: somebody to answer. */
export function toInboundText(params: WebhookParams): InboundText {
  const read = (name: string): string | undefined => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined
    return Array.isArray(value) ? value[0] : value
  }
  const messageSid = read('MessageSid') ?? read('SmsSid')
  const from = read('From')
  const to = read('To')
  if (!messageSid || !from || !to) throw new Error('the webhook lacks MessageSid, From or To')
  return {
    messageSid,
    from,
    to,
    messagingServiceSid: read('MessagingServiceSid') ?? null,
    channel: channelOf(from),
    body: read('Body') ?? '',
    profileName: read('ProfileName')?.trim() || undefined,
    origin: {
      city: read('FromCity') ?? '',
      state: read('FromState') ?? '',
      zip: read('FromZip') ?? '',
      country: read('FromCountry') ?? '',
    },
    location: readLocation(read),
    media: readMedia(read),
    optOutType: readOptOut(read('OptOutType')),
  }
}

function readLocation(read: (name: string) => string | undefined): InboundText['location'] {
  const latitude = read('Latitude')
  const longitude = read('Longitude')
  if (!latitude || !longitude) return undefined
  return { latitude, longitude, label: read('Label') ?? null, address: read('Address') ?? null }
}

/** Only the ids are taken from the address: where it is fetched from is ours to say. */
function readMedia(read: (name: string) => string | undefined): InboundText['media'] {
  const count = Math.min(Number(read('NumMedia') ?? 0) || 0, 10)
  return Array.from({ length: count }, (_, index) => {
    const ids = /\/Messages\/((?:SM|MM)\w{32})\/Media\/(ME\w{32})/.exec(
      read(`MediaUrl${index}`) ?? '',
    )
    return {
      contentType: read(`MediaContentType${index}`) ?? 'application/octet-stream',
      messageSid: ids?.[1] ?? '',
      mediaSid: ids?.[2] ?? '',
    }
  }).filter(({ mediaSid }) => mediaSid !== '')
}

function readOptOut(value: string | undefined): InboundText['optOutType'] {
  return value === 'STOP' || value === 'START' || value === 'HELP' ? value : undefined
}
