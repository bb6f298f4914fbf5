import { wantedWebhooks } from '@partyline/contracts/number-webhooks'
import { createSid } from './sid.ts'
import type { Simulation } from './simulation.ts'
import type { NumberRow } from './store/numbers.ts'

export interface NewNumber {
  address: string
  name: string
  /** Where its texts are announced, '' for nowhere; if not said, as Partyline wants it. */
  smsUrl?: string
}

/** Makes an address a number (or sender, or page) of the account, unless it is one. */
export function addNumber(sim: Simulation, { address, name, smsUrl }: NewNumber): NumberRow {
  const known = sim.store.numbers.byAddress(address)
  if (known) return known
  const now = sim.now()
  const wanted = wantedWebhooks(sim.config.publicUrl)
  const row: NumberRow = {
    sid: createSid('PN'),
    address,
    name,
    sms_url: smsUrl ?? wanted.smsUrl,
    sms_fallback_url: smsUrl === undefined ? wanted.smsFallbackUrl : '',
    status_callback: '',
    service_sid: null,
    created_at: now,
    updated_at: now,
  }
  sim.store.numbers.insert(row)
  sim.broadcast.publish({ type: 'setup' })
  return row
}
