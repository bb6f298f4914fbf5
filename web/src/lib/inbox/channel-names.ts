import type { Channel } from '@partyline/contracts/channels'

export const channelNames: Record<Channel, string> = {
  sms: 'SMS',
  whatsapp: 'WhatsApp',
  messenger: 'Messenger',
}
