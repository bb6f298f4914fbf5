import { channelOf } from '@partyline/contracts/channels'
import { move } from '../outbound/move.ts'
import type { Simulation } from '../simulation.ts'

/** Somebody looks at a conversation on a phone: WhatsApp says so to the sender. */
export function readMessages(sim: Simulation, phone: string, line: string): number {
  if (channelOf(phone) !== 'whatsapp') return 0
  const unread = sim.store.messages.unread(line, phone)
  for (const row of unread) move(sim, row, 'read', {})
  return unread.length
}
