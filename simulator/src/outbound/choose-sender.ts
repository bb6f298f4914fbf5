import { channelOf } from '@partyline/contracts/channels'
import type { Simulation } from '../simulation.ts'
import type { MessageRow } from '../store/messages.ts'

/** A Messaging Service keeps to the number a person already knows. */
export function chooseSender(sim: Simulation, row: MessageRow): string | undefined {
  if (row.service_sid === null) return undefined
  const pool = sim.store.numbers
    .inService(row.service_sid)
    .filter(({ address }) => channelOf(address) === channelOf(row.recipient))
  const known = pool.find(({ address }) => hasTalked(sim, address, row.recipient))
  return (known ?? pool[0])?.address
}

function hasTalked(sim: Simulation, sender: string, recipient: string): boolean {
  const found = sim.store.sql.get(
    `select 1 from messages where sender = :sender and recipient = :recipient
     union all select 1 from messages where sender = :recipient and recipient = :sender limit 1`,
    { sender, recipient },
  )
  return found !== undefined
}
