import { createSid } from './sid.ts'
import type { Simulation } from './simulation.ts'
import type { NumberRow } from './store/numbers.ts'

export interface NewNumber {
  address: string
  name: string
  /** Where its texts are announced; Partyline's own door if not said. */
  smsUrl?: string
}

/** Makes an address a number (or sender, or page) of the account, unless it is one. */
export function addNumber(sim: Simulation, { address, name, smsUrl }: NewNumber): NumberRow {
  const known = sim.store.numbers.byAddress(address)
  if (known) return known
  const now = sim.now()
  const row: NumberRow = {
    sid: createSid('PN'),
    address,
    name,
    sms_url: smsUrl ?? `${sim.config.publicUrl}/webhooks/twilio/messages`,
    sms_fallback_url: '',
    status_callback: '',
    service_sid: null,
    created_at: now,
    updated_at: now,
  }
  sim.store.numbers.insert(row)
  sim.broadcast.publish({ type: 'setup' })
  return row
}
