import {
  filterOwn,
  findSilence,
  noteHold,
  release,
  releaseRestored,
  type Silence,
} from '@partyline/db/queries/reconcile'
import { filterUnbound } from '@partyline/db/queries/settle-unknown'
import type { JobDeps } from '../deps.ts'
import { nextLook } from '../settle/verdict.ts'
import type { TwilioMessage } from '../twilio/client.ts'

/** What the last dispatcher had under way when it fell silent. */
const afterwardsMs = 10_000

/**
 * Decides whether an old copy of the database was put back: then Twilio has texts from our lines that are
 * younger than its last sign of life. As long as Twilio does not say, nothing is sent. Who was texted
 * meanwhile may have been texted by it, or by another program: what waits for them is looked up, and only that.
 */
export async function reconcile(deps: JobDeps): Promise<void> {
  const { db, log, config, feedBell } = deps
  const silence = await findSilence(db)
  if (!silence) return
  const strange = await findStrange(deps, silence).catch(async (error: unknown) => {
    await noteHold(db, 'unread')
    feedBell.ring()
    throw error
  })
  if (strange.length === 0) {
    if (await release(db)) feedBell.ring()
    return
  }
  if (silence.heldMs < patienceMs(silence, strange, config.sending.settleMs)) {
    await noteHold(db, 'ahead')
    feedBell.ring()
    return
  }
  const recipients = [...new Set(strange.map(({ to }) => to))]
  const held = await releaseRestored(db, silence.since, recipients)
  if (held === undefined) return
  log.warn({ held }, 'Twilio is ahead of this database: what may have been sent is looked up first')
  feedBell.ring()
}

/** Texts from our lines, younger than what this database knows, that it does not know. */
async function findStrange({ db, twilio }: JobDeps, silence: Silence): Promise<TwilioMessage[]> {
  const from = new Date(silence.since.getTime() + afterwardsMs)
  const sent = (await twilio.listCreatedSince(from)).filter(
    ({ direction }) => direction === 'outbound-api',
  )
  const senderOf = (text: TwilioMessage) => [text.from, text.messagingServiceSid]
  const own = await filterOwn(
    db,
    sent.flatMap(senderOf).filter((address) => address !== null),
  )
  const ours = sent.filter((text) => senderOf(text).some((address) => own.has(address ?? '')))
  const unbound = await filterUnbound(
    db,
    ours.map((text) => text.sid),
  )
  return ours.filter((text) => unbound.has(text.sid))
}

/**
 * From the last of them on the settle window must pass, since the list may lag and Twilio may be late; and
 * the list is read twice. What is younger than the hold was not sent by a dispatcher of ours.
 */
function patienceMs({ heldAt }: Silence, strange: TwilioMessage[], settleMs: number): number {
  const ages = strange.map(({ createdAt }) => heldAt.getTime() - createdAt.getTime())
  const quietMs = Math.min(...ages.filter((age) => age >= 0))
  return Math.max(nextLook(settleMs, settleMs), settleMs - quietMs)
}
