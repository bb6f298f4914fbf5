import type { Simulation } from '../simulation.ts'
import type { MessageRow } from '../store/messages.ts'
import { reportStatus } from './status-callback.ts'

type Changes = Omit<
  Parameters<Simulation['store']['messages']['update']>[1],
  'status' | 'updated_at'
>

/** Changes a text's status, tells the phones page and calls back; nothing if it moved meanwhile. */
export function move(
  sim: Simulation,
  row: MessageRow,
  status: string,
  changes: Changes,
): MessageRow | undefined {
  const moved = sim.store.messages.update(
    row.sid,
    { ...changes, status, updated_at: sim.now() },
    row.status,
  )
  if (!moved) return undefined
  sim.broadcast.publish({ type: 'message', message: moved })
  reportStatus(sim, moved)
  return moved
}
