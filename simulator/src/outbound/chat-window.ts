import { channelOf } from '@partyline/contracts/channels'
import type { Simulation } from '../simulation.ts'
import type { MessageRow } from '../store/messages.ts'

const windowMs = 24 * 60 * 60 * 1_000

const outside = 63016

/** Of templates that are not approved, by what WhatsApp says of them. */
const refusals: Record<string, number> = { rejected: 63040, paused: 63041, disabled: 63042 }

/**
 * Why a text does not go out now; undefined when it does. WhatsApp and Messenger take free text only within
 * a day of the person's last message, and WhatsApp approved templates at any time.
 */
export function windowRefusal(sim: Simulation, row: MessageRow): number | undefined {
  const channel = channelOf(row.recipient)
  if (channel === 'sms' || row.sender === null) return undefined
  const last = sim.store.messages.lastInbound(row.recipient, row.sender)
  if (last !== undefined && sim.now() - last.created_at <= windowMs) return undefined
  if (channel !== 'whatsapp' || row.content_sid === null) return outside
  const status = sim.store.templates.find(row.content_sid)?.status ?? ''
  return status === 'approved' ? undefined : (refusals[status] ?? outside)
}
