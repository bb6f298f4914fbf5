import type { Comparison } from '@partyline/contracts/api/webhook-log'
import { comparisonKeptSeconds, comparisonKey } from '@partyline/contracts/webhook-notes'
import { findWatermark } from '@partyline/db/queries/backfill'
import { findSilence } from '@partyline/db/queries/reconcile'
import type { JobHandler } from '@partyline/kit/jobs'
import { reasonOf } from '@partyline/kit/reason'
import type { JobDeps } from '../deps.ts'
import { compare, knownUntil } from '../recover/backfill.ts'

const held =
  'Partyline was away and looks first at what was sent meanwhile. It fetches what was missed by itself, right after.'
const unread = 'Twilio’s list of texts cannot be read. Check the credentials, and try again.'
const stopped = {
  state: 'failed',
  problem: 'Partyline was restarted meanwhile. Try again.',
} as const

/** Somebody asked what never came, and waits for the answer. */
export function recoverTexts(deps: JobDeps): JobHandler<'texts.recover'> {
  return async ({ hours }) => {
    const { db, log } = deps
    const now = new Date()
    const told = { askedAt: now.toISOString(), looked: 0, recovered: 0, problem: null }
    const known = await findWatermark(db)
    if (!known || (await findSilence(db))) {
      await tell(deps, { ...told, state: 'failed', problem: held })
      return
    }
    await tell(deps, { ...told, state: 'running' })
    const since = Math.max(now.getTime() - hours * 3_600_000, known.beganAt.getTime())
    try {
      const startedAt = await knownUntil(deps, { startedAt: now })
      const found = await compare(deps, { startedAt, since: new Date(since) })
      const cut = deps.stopping.aborted
      await tell(deps, { ...told, ...found, ...(cut ? stopped : { state: 'done' }) })
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'what never came could not be looked up')
      await tell(deps, { ...told, state: 'failed', problem: unread })
    }
  }
}

async function tell({ hasty, config, log }: JobDeps, comparison: Comparison): Promise<void> {
  const key = comparisonKey(config.redis.prefix)
  await hasty
    .set(key, JSON.stringify(comparison), 'EX', comparisonKeptSeconds)
    .catch(() => log.debug('how the comparison goes was not told: Redis is away'))
}
