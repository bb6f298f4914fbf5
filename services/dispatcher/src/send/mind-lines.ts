import { nobody, recordAudit } from '@partyline/db/queries/audit'
import { pauseLine } from '@partyline/db/queries/pause-line'
import type { JobDeps } from '../deps.ts'
import { type Ends, faultsInTurn } from './line-faults.ts'

/** Pauses a line of which one text after another fails, before the rest fails too and is paid for. */
export async function mindLines(
  {
    sendingDb,
    feedBell,
    log,
    lineFaults,
  }: Pick<JobDeps, 'sendingDb' | 'feedBell' | 'log' | 'lineFaults'>,
  ends: Ends,
): Promise<void> {
  for (const [lineId, errorCode] of lineFaults.note(ends)) {
    const paused = await sendingDb.transaction(async (tx) => {
      if (!(await pauseLine(tx, lineId, errorCode))) return false
      const details = { errorCode }
      await recordAudit(tx, nobody, { action: 'line.paused', subject: lineId, details })
      return true
    })
    if (!paused) continue
    log.error(
      { lineId, errorCode, faultsInTurn },
      'One text after another fails: the line is paused',
    )
    feedBell.ring()
  }
}
