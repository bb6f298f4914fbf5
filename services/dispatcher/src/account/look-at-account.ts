import { claimLook, finishLook } from '@partyline/db/queries/account-looks'
import { keepSeen } from '@partyline/db/queries/account-numbers'
import type { JobDeps } from '../deps.ts'

const hourMs = 3_600_000
const againInMs = 60_000

/**
 * Takes down what the Twilio account has, in turns with the other dispatchers, and again if somebody asked
 * meanwhile. A look that is cut short is taken over by another.
 */
export async function lookAtAccount(deps: JobDeps): Promise<void> {
  const { db, stopping } = deps
  while (!stopping.aborted) {
    const startedAt = await claimLook(db, { atOnce: false })
    if (!startedAt) return
    await look(deps, startedAt)
  }
}

/** The first look of a process does not wait for its turn: while it was down, a webhook may have been changed. */
export function createLooking(): (deps: JobDeps) => Promise<void> {
  let atOnce = true
  return async (deps) => {
    const startedAt = atOnce ? await claimLook(deps.db, { atOnce }) : undefined
    atOnce = false
    if (startedAt) await look(deps, startedAt)
    await lookAtAccount(deps)
  }
}

async function look({ db, twilio, feedBell, log }: JobDeps, startedAt: Date): Promise<void> {
  const told = await twilio.account.list()
  if (told.outcome === 'told') {
    const changed = await keepSeen(db, startedAt, told.value)
    const done = { startedAt, problem: null, nextInMs: hourMs, changed }
    if (await finishLook(db, done)) feedBell.ring()
    return
  }
  const { outcome, problem } = told
  log.warn({ reason: problem }, 'the numbers of the account are not known')
  const nextInMs = outcome === 'later' ? againInMs : hourMs
  if (await finishLook(db, { startedAt, problem, nextInMs, changed: false })) feedBell.ring()
}
