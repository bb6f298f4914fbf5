import { move } from '../outbound/move.ts'
import type { Simulation } from '../simulation.ts'
import type { MessageRow } from '../store/messages.ts'
import { one, type Form } from './form.ts'
import { TwilioError } from './twilio-error.ts'

const complete = new Set([
  'delivered',
  'undelivered',
  'failed',
  'canceled',
  'received',
  'read',
  'sent',
])

/** An update either empties the body or cancels what has not gone out; nothing else can be changed. */
export function changeMessage(sim: Simulation, row: MessageRow, form: Form): MessageRow {
  const body = one(form, 'Body')
  const status = one(form, 'Status')
  if ((body === undefined) === (status === undefined)) {
    throw new TwilioError(30400, 'Exactly one of Body and Status must be given.')
  }
  if (status !== undefined) return cancel(sim, row, status)
  if (body !== '') throw new TwilioError(30400, 'Body can only be set to an empty text.')
  return sim.store.messages.update(row.sid, { body: '', updated_at: sim.now() }) ?? row
}

function cancel(sim: Simulation, row: MessageRow, status: string): MessageRow {
  if (status !== 'canceled') throw new TwilioError(30400, "Status can only be set to 'canceled'.")
  const cancelable = ['scheduled', 'accepted', 'queued'].includes(row.status)
  const canceled = cancelable ? move(sim, row, 'canceled', {}) : undefined
  if (!canceled) throw new TwilioError(30409, 'The message cannot be canceled any more.', 409)
  return canceled
}

export function deleteMessage(sim: Simulation, row: MessageRow): void {
  if (!complete.has(row.status)) {
    throw new TwilioError(20009, 'Cannot delete a message before it is complete.')
  }
  sim.store.messages.update(row.sid, { deleted_at: sim.now() })
  sim.broadcast.publish({ type: 'setup' })
}
