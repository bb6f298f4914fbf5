import { channelOf } from '@partyline/contracts/channels'
import { formatAddress } from '@partyline/contracts/phone'
import { explainTwilioError } from '@partyline/contracts/twilio-errors'
import type { Simulation } from '../simulation.ts'
import type { MessageRow } from '../store/messages.ts'

const shownPerPhone = 200

export type MessageView = ReturnType<typeof toMessageView>

/** A text as its phone shows it. */
export function toMessageView(sim: Simulation, row: MessageRow) {
  const fromPhone = row.direction === 'inbound'
  const media = row.num_media > 0 ? sim.store.media.ofMessage(row.sid) : []
  return {
    sid: row.sid,
    phone: (fromPhone ? row.sender : row.recipient) ?? '',
    line: (fromPhone ? row.recipient : row.sender) ?? '',
    fromPhone,
    body: row.body,
    media: media.map(({ sid, content_type }) => ({
      url: `/simulator/media/${sid}`,
      contentType: content_type,
    })),
    at: new Date(row.arrived_at ?? row.created_at).toISOString(),
    status: row.status,
    error: row.error_code === null ? null : explainTwilioError(row.error_code).reason,
    automatic: row.automatic === 1,
    webhook: row.webhook,
  }
}

export function messagesOn(sim: Simulation, address: string): MessageView[] {
  return sim.store.messages.ofPhone(address, shownPerPhone).map((row) => toMessageView(sim, row))
}

/** Everything the phones page needs to draw itself. */
export function toState(sim: Simulation) {
  return {
    lines: sim.store.numbers.all().map(({ address, name }) => ({ ...spelled(address), name })),
    phones: sim.store.phones.all().map(({ id, address, name, behaviour }) => ({
      ...spelled(address),
      id,
      name,
      behaviour,
      messages: messagesOn(sim, address),
    })),
  }
}

function spelled(address: string) {
  return { address, label: formatAddress(address), channel: channelOf(address) }
}
