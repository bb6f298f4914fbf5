import { setTimeout as pause } from 'node:timers/promises'
import { holdAfterSilence } from '@partyline/db/queries/reconcile'
import { reasonOf } from '@partyline/kit/reason'
import type { JobDeps } from '../deps.ts'

const againMs = 500

/** Waits for Postgres if need be: a first heartbeat before this question would answer it wrongly. */
export async function holdBeforeFirstBeat({ db, log, stopping }: JobDeps): Promise<void> {
  while (!stopping.aborted) {
    try {
      await holdAfterSilence(db)
      return
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'Postgres cannot be asked yet')
      await pause(againMs)
    }
  }
}
