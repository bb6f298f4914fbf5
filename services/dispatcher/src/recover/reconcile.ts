import { filterOwn, findSilence, release, releaseRestored } from '@partyline/db/queries/reconcile'
import { filterUnbound } from '@partyline/db/queries/settle-unknown'
import type { JobDeps } from '../deps.ts'

/** What the last dispatcher had under way when it fell silent. */
const afterwardsMs = 10_000

/**
 * Decides whether an old copy of the database was put back: then Twilio has texts from our lines that are
 * younger than its last sign of life. As long as Twilio does not say, nothing is sent.
 */
export async function reconcile({ db, twilio, log, feedBell }: JobDeps): Promise<void> {
  const silentSince = await findSilence(db)
  if (!silentSince) return
  const from = new Date(silentSince.getTime() + afterwardsMs)
  const sent = (await twilio.listSince(from)).filter(
    ({ direction, createdAt }) => direction === 'outbound-api' && createdAt >= from,
  )
  const senderOf = (text: (typeof sent)[number]) => [text.from, text.messagingServiceSid]
  const own = await filterOwn(
    db,
    sent.flatMap(senderOf).filter((address) => address !== null),
  )
  const ours = sent.filter((text) => senderOf(text).some((address) => own.has(address ?? '')))
  const unbound = await filterUnbound(
    db,
    ours.map((text) => text.sid),
  )
  if (unbound.size === 0) {
    await release(db)
    return
  }
  const held = await releaseRestored(db, silentSince)
  log.warn({ held }, 'an old copy of the database was put back: what it holds is looked up first')
  feedBell.ring()
}
