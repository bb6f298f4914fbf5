import { claimLook, findLook, finishLook } from '@partyline/db/queries/account-looks'
import { hasLineOn } from '@partyline/db/queries/lines'
import { keepTemplates } from '@partyline/db/queries/templates'
import type { JobDeps } from '../deps.ts'

/** WhatsApp takes minutes to a day to approve one. */
const againInMs = { told: 15 * 60_000, later: 60_000, refused: 60 * 60_000 }
const what = 'templates'

/**
 * Takes down the templates of the account, in turns with the other dispatchers, and again if somebody asked
 * meanwhile. Where nothing goes by WhatsApp that is the only reason.
 */
export async function lookAtTemplates(deps: JobDeps): Promise<void> {
  const { db, stopping } = deps
  const isAsked = (await findLook(db, what)).wantedAt !== null
  if (!isAsked && !(await hasLineOn(db, 'whatsapp'))) return
  while (!stopping.aborted) {
    const startedAt = await claimLook(db, { what, atOnce: false })
    if (!startedAt) return
    await look(deps, startedAt)
  }
}

async function look({ db, twilio, feedBell, log }: JobDeps, startedAt: Date): Promise<void> {
  const told = await twilio.templates.list()
  const problem = told.outcome === 'told' ? null : told.problem
  if (problem !== null) log.warn({ reason: problem }, 'the templates of the account are not known')
  const changed = told.outcome === 'told' && (await keepTemplates(db, startedAt, told.value))
  const done = { what, startedAt, problem, nextInMs: againInMs[told.outcome], changed } as const
  if (await finishLook(db, done)) feedBell.ring()
}
