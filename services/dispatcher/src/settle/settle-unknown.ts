import {
  bindUnknown,
  claimUnknown,
  countCheck,
  filterUnbound,
  requeueUnknown,
  setReview,
  type Unknown,
} from '@partyline/db/queries/settle-unknown'
import { crashPoint } from '@partyline/kit/crash-point'
import type { JobDeps } from '../deps.ts'
import type { TwilioMessage } from '../twilio/client.ts'
import { judge, nextLook, type Verdict } from './verdict.ts'

const batch = 20
/** Clocks differ, and Twilio's dates are whole seconds. */
const skewMs = 60_000

/** Looks for unknown deliveries in Twilio's list, the second of two witnesses. Returns how many it looked at. */
export async function settleUnknown(deps: JobDeps): Promise<number> {
  const { db, config, feedBell, log } = deps
  const { settleMs } = config.sending
  const unknown = await claimUnknown(db, { limit: batch, againInMs: nextLook(0, settleMs) })
  for (const each of unknown) {
    const found = await findAtTwilio(deps, each)
    const verdict = judge({ ...each, found: found && found.sid }, config.sending)
    log.info({ deliveryId: each.id, verdict: verdict.verdict }, 'looked for an unknown delivery')
    await carryOut(deps, each, verdict, found ?? null)
  }
  if (unknown.length > 0) feedBell.ring()
  return unknown.length
}

/** Undefined: the list could not be read. Of several alike the oldest: texts are bound in their order. */
async function findAtTwilio(
  { twilio, db }: JobDeps,
  unknown: Unknown,
): Promise<TwilioMessage | null | undefined> {
  const since = new Date(unknown.attemptAt.getTime() - skewMs)
  const listed = await twilio.listSent({ from: unknown.from, to: unknown.to, since })
  if (!listed) return undefined
  const alike = listed.filter((message) => message.body === unknown.body)
  const unbound = await filterUnbound(
    db,
    alike.map((message) => message.sid),
  )
  return alike.findLast((message) => unbound.has(message.sid)) ?? null
}

async function carryOut(
  { db, rings }: JobDeps,
  unknown: Unknown,
  verdict: Verdict,
  found: TwilioMessage | null,
): Promise<void> {
  switch (verdict.verdict) {
    case 'accepted':
      crashPoint('D7')
      if (found) await bindUnknown(db, unknown, found)
      break
    case 'resend':
      await requeueUnknown(db, unknown)
      break
    case 'review':
      await setReview(db, unknown, verdict.cause)
      break
    case 'look_again':
      if (verdict.counted) await countCheck(db, unknown, verdict.inMs)
      return
  }
  await rings.deliveries(unknown.lineId)
}
