import { countHour, hourMs } from '@partyline/db/queries/count-hour'
import {
  claimCounting,
  findUncountedHour,
  finishHistory,
  noteCountedFrom,
} from '@partyline/db/queries/countings'
import type { JobDeps } from '../deps.ts'

/** What happened in an hour is told within so long. */
const recentEveryMs = 60_000
const recentHours = 2
/** Until then what became of a text may change: later only by a person, or by a carrier that is very late. */
const settlingHours = 48
const settlingEveryMs = 30 * 60_000
/** A tenth of one connection's time: it is in no hurry, and what is sent and shown is. */
const historyTurnMs = 20_000
const historyBudgetMs = 2_000

/**
 * Counts the hours that may still change, and those in which nobody counted. Several dispatchers take turns.
 */
export async function countRecent({ db, stopping }: JobDeps): Promise<void> {
  const settling = await claimCounting(db, 'settling', settlingEveryMs)
  const recent = await claimCounting(db, 'recent', recentEveryMs)
  if (settling === undefined && recent === undefined) return
  const hours = settling === undefined ? recentHours : settlingHours + Math.floor(settling / hourMs)
  for (let back = 0; back < hours; back += 1) {
    if (stopping.aborted) return
    await countHour(db, hourBefore(back))
  }
}

/**
 * Counts what was there before anybody counted, a few hours at a time, newest first, and stops for good at
 * the first text. An hour without texts is passed over.
 */
export async function countHistory({ db, stopping }: JobDeps): Promise<void> {
  if ((await claimCounting(db, 'history', historyTurnMs)) === undefined) return
  const until = Date.now() + historyBudgetMs
  while (!stopping.aborted && Date.now() < until) {
    // With what settles: whoever counted that for the first time may have died over it.
    const hour = await findUncountedHour(db, hourBefore(0))
    if (!hour) return finishHistory(db)
    await countHour(db, hour)
    await noteCountedFrom(db, hour)
  }
}

function hourBefore(back: number): Date {
  const now = Date.now()
  return new Date(now - (now % hourMs) - back * hourMs)
}
