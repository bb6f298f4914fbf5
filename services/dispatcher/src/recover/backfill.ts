import { randomUUID } from 'node:crypto'
import {
  claimPass,
  failPass,
  filterMissing,
  finishPass,
  keepRecovered,
  type Pass,
} from '@partyline/db/queries/backfill'
import { findSilence } from '@partyline/db/queries/reconcile'
import { reasonOf } from '@partyline/kit/reason'
import type { JobDeps } from '../deps.ts'
import { toKeptText } from '../inbound/to-kept-text.ts'
import type { TwilioMessage } from '../twilio/client.ts'
import { settleEnded } from './settle-ended.ts'
import { toWebhook } from './to-webhook.ts'

const batch = 100

/**
 * Compares Twilio's list with what came in, takes in what is missing, oldest first, and settles what came to an
 * end. The first pass of a process does not wait for its turn: while it was down, texts and callbacks may have
 * gone nowhere.
 */
export function createBackfill(): (deps: JobDeps) => Promise<void> {
  let atOnce = true
  return async (deps) => {
    const { db, config, feedBell } = deps
    const { everyMs, graceMs } = config.recovering
    // Whether what it finds was answered already is not known yet.
    if (await findSilence(db)) return
    const pass = await claimPass(db, { everyMs, graceMs, atOnce })
    if (!pass) return
    try {
      await compare(deps, { ...pass, startedAt: await knownUntil(deps, pass) })
    } catch (error) {
      if (await failPass(db, { everyMs })) feedBell.ring()
      throw error
    }
    atOnce = false
  }
}

/** What came in while nobody took it may wait in Redis still: from there on nothing can be called lost. */
export async function knownUntil(
  { producer, log }: JobDeps,
  { startedAt }: Pick<Pass, 'startedAt'>,
): Promise<Date> {
  const waiting = await producer.oldest('inbound').catch((error: unknown) => {
    log.debug({ reason: reasonOf(error) }, 'whether texts wait in Redis is not known')
    return undefined
  })
  return waiting && waiting < startedAt ? waiting : startedAt
}

/**
 * Takes in what is missing since then, and settles what came to an end meanwhile. Tells how many texts came in, and
 * how many of them were new.
 */
export async function compare(
  deps: JobDeps,
  pass: Pass,
): Promise<{ looked: number; recovered: number }> {
  const { db, twilio, config, log, feedBell, metrics } = deps
  const listed = old(await twilio.listSince(pass.since), pass, config.recovering.graceMs)
  const texts = listed.filter(({ direction }) => direction === 'inbound').toReversed()
  const passId = randomUUID()
  let total = 0
  for (let start = 0; start < texts.length; start += batch) {
    if (deps.stopping.aborted) return { looked: start, recovered: total }
    const recovered = await recover(deps, passId, texts.slice(start, start + batch))
    if (recovered === 0) continue
    total += recovered
    metrics.recovered(recovered)
    log.warn({ recovered }, 'took in texts that never reached us')
  }
  await settleEnded(deps, listed)
  if (deps.stopping.aborted) return { looked: texts.length, recovered: total }
  if (await finishPass(db, pass)) feedBell.ring()
  return { looked: texts.length, recovered: total }
}

/** A webhook that is on its way knows more than the list, so it is given a moment. */
function old(listed: TwilioMessage[], { startedAt }: Pass, graceMs: number): TwilioMessage[] {
  const until = startedAt.getTime() - graceMs
  return listed.filter(({ createdAt }) => createdAt.getTime() <= until)
}

async function recover(deps: JobDeps, passId: string, texts: TwilioMessage[]): Promise<number> {
  const { db, twilio, config } = deps
  const sids = texts.map((text) => text.sid)
  const missing = await filterMissing(db, sids)
  if (missing.size === 0) return 0
  const webhooks = await Promise.all(
    texts
      .filter(({ sid }) => missing.has(sid))
      .map(async (text) => {
        const media = text.mediaCount > 0 ? await twilio.listMedia(text.sid) : []
        return toWebhook(config.twilio.accountSid, text, media)
      }),
  )
  const fresh = await keepRecovered(db, passId, webhooks)
  deps.feedBell.ring()
  // In turn with the live ones: of one sender a text that came later must not overtake.
  for (const text of webhooks.map(toKeptText)) {
    if (fresh.has(text.messageSid)) await deps.takers.take(text)
  }
  return fresh.size
}
