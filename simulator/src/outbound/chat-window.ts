import { channelOf } from '@partyline/contracts/channels'
import type { Simulation } from '../simulation.ts'
import type { MessageRow } from '../store/messages.ts'

const windowMs = 24 * 60 * 60 * 1_000

/** WhatsApp and Messenger take free text only within a day of the person's last message. */
export function inChatWindow(sim: Simulation, row: MessageRow): boolean {
  if (channelOf(row.recipient) === 'sms' || row.sender === null) return true
  const last = sim.store.messages.lastInbound(row.recipient, row.sender)
  return last !== undefined && sim.now() - last.created_at <= windowMs
}
