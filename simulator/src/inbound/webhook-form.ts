import { channelOf, withoutPrefix } from '@partyline/contracts/channels'
import type { Simulation } from '../simulation.ts'
import type { MediaRow } from '../store/media.ts'
import type { MessageRow } from '../store/messages.ts'
import { placeOf, type Place } from './geography.ts'

export interface InboundText {
  row: MessageRow
  media: Pick<MediaRow, 'sid' | 'content_type'>[]
  serviceSid: string | null
  /** The name a WhatsApp user goes by. */
  profileName: string
}

/** Every parameter of an inbound webhook, by channel. */
export function inboundForm(sim: Simulation, text: InboundText): Record<string, string> {
  const { row } = text
  const sender = row.sender ?? ''
  return {
    ...(channelOf(sender) === 'sms' && {
      ...placeParams('To', placeOf(row.recipient)),
      ...placeParams('From', placeOf(sender)),
    }),
    ...(channelOf(sender) === 'whatsapp' && whatsappParams(text)),
    MessageSid: row.sid,
    SmsSid: row.sid,
    SmsMessageSid: row.sid,
    AccountSid: sim.config.accountSid,
    ...(text.serviceSid !== null && { MessagingServiceSid: text.serviceSid }),
    From: sender,
    To: row.recipient,
    Body: row.body,
    NumMedia: String(row.num_media),
    NumSegments: String(row.num_segments),
    SmsStatus: 'received',
    ApiVersion: '2010-04-01',
    ...mediaParams(sim, text),
  }
}

function placeParams(side: 'From' | 'To', place: Place): Record<string, string> {
  return {
    [`${side}City`]: place.city,
    [`${side}State`]: place.state,
    [`${side}Zip`]: place.zip,
    [`${side}Country`]: place.country,
  }
}

function whatsappParams({ row, media, profileName }: InboundText): Record<string, string> {
  const kind = media[0]?.content_type.split('/')[0] ?? 'text'
  return {
    ProfileName: profileName,
    WaId: withoutPrefix(row.sender ?? '').replace(/\D/g, ''),
    MessageType: kind === 'application' ? 'document' : kind,
    ReferralNumMedia: '0',
  }
}

/** Twilio's own host, as in real webhooks: whoever uses another base for REST uses it for these too. */
function mediaParams(sim: Simulation, { row, media }: InboundText): Record<string, string> {
  const base = `https://api.twilio.com/2010-04-01/Accounts/${sim.config.accountSid}`
  return Object.fromEntries(
    media.flatMap(({ sid, content_type }, index) => [
      [`MediaUrl${index}`, `${base}/Messages/${row.sid}/Media/${sid}`],
      [`MediaContentType${index}`, content_type],
    ]),
  )
}
