import { countSegments } from '@partyline/contracts/segments'
import type { Simulation } from '../simulation.ts'
import type { MessageRow } from '../store/messages.ts'
import { fetchMedia } from './fetch-media.ts'
import { move } from './move.ts'
import { outcomeOf } from './outcome.ts'
import { chooseSender } from './choose-sender.ts'
import { windowRefusal } from './chat-window.ts'

const dayMs = 24 * 60 * 60 * 1_000

type Step = (sim: Simulation, row: MessageRow) => Promise<MessageRow | undefined>

/** What comes next, by status. A status that is not here has no next. */
const steps: Record<string, Step> = {
  scheduled: async (sim, row) => choose(sim, row),
  accepted: async (sim, row) => choose(sim, row),
  queued: async (sim, row) => startSending(sim, row),
  sending: async (sim, row) =>
    move(sim, row, 'sent', {
      sent_at: sim.now(),
      price: priceOf(row),
      ...arrival(sim, row, 'sent'),
    }),
  sent: async (sim, row) => finish(sim, row),
}

/** Takes an outbound text one status further and comes back for the next. */
export async function advance(sim: Simulation, sid: string): Promise<void> {
  const row = sim.store.messages.find(sid)
  if (!row || row.deleted_at !== null) return
  const earlyMs = row.status === 'scheduled' ? (row.send_at ?? 0) - sim.now() : 0
  if (earlyMs > 0) {
    // A timer cannot wait 35 days, so it looks again every day.
    sim.timers.after(Math.min(earlyMs, dayMs), () => advance(sim, sid))
    return
  }
  const moved = await steps[row.status]?.(sim, row)
  if (moved && moved.status in steps) {
    sim.timers.after(sim.config.latencyMs, () => advance(sim, sid))
  }
}

function choose(sim: Simulation, row: MessageRow): MessageRow | undefined {
  const sender = row.sender ?? chooseSender(sim, row)
  if (sender === undefined) return move(sim, row, 'failed', { error_code: 21703 })
  if (row.service_sid !== null && sim.store.optOuts.has(row.service_sid, row.recipient)) {
    return move(sim, row, 'failed', { error_code: 21610, sender })
  }
  return move(sim, row, 'queued', { sender, num_segments: countSegments(row.body).segments })
}

async function startSending(sim: Simulation, row: MessageRow): Promise<MessageRow | undefined> {
  const failure = windowRefusal(sim, row) ?? (await fetchMedia(sim, row))
  if (failure !== undefined) return move(sim, row, 'failed', { error_code: failure })
  return move(sim, row, 'sending', {})
}

function finish(sim: Simulation, row: MessageRow): MessageRow | undefined {
  const { status, errorCode } = outcome(sim, row)
  if (status === 'sent') return undefined
  return move(sim, row, status, {
    ...(errorCode !== undefined && { error_code: errorCode }),
    ...arrival(sim, row, status),
  })
}

function arrival(sim: Simulation, row: MessageRow, status: string) {
  const end = outcome(sim, row)
  return end.arrives && end.status === status ? { arrived_at: sim.now() } : {}
}

function outcome(sim: Simulation, row: MessageRow) {
  const phone = sim.store.phones.byAddress(row.recipient)
  return outcomeOf(row.recipient, phone?.behaviour ?? 'receives')
}

function priceOf(row: MessageRow): string {
  const each = row.num_media > 0 ? 0.02 : 0.0083 * row.num_segments
  return (-each).toFixed(5)
}
