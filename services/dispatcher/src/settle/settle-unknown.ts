import {
  bindUnknown,
  claimUnknown,
  lookAgain,
  requeueUnknown,
  setReview,
  type Unknown,
} from '@partyline/db/queries/settle-unknown'
import { crashPoint } from '@partyline/kit/crash-point'
import type { JobDeps } from '../deps.ts'
import type { TwilioMessage } from '../twilio/client.ts'
import { lookAtTwilio } from './look-at-twilio.ts'
import { judge, nextLook, type Policy, type Verdict } from './verdict.ts'

/** After an old database was put back thousands may be in doubt: then one list must do for many. */
const batch = 5_000

type Deps = Pick<JobDeps, 'db' | 'twilio' | 'rings' | 'feedBell' | 'log' | 'metrics'> & {
  config: { sending: Policy }
}
type Judged = Unknown & { verdict: Verdict; found: TwilioMessage | null | undefined }

/**
 * Looks for unknown deliveries in Twilio's list, the second of two witnesses. Returns how many it looked at.
 * What it costs in statements does not depend on their number.
 */
export async function settleUnknown(deps: Deps): Promise<number> {
  const { db, config, feedBell, log, metrics } = deps
  const { settleMs } = config.sending
  const unknown = await claimUnknown(db, { limit: batch, againInMs: nextLook(0, settleMs) })
  if (unknown.length === 0) return 0
  const texts = await lookAtTwilio(deps, unknown)
  const judged = unknown.map((each): Judged => {
    const found = texts.get(each.id)
    return {
      ...each,
      found,
      verdict: judge({ ...each, found: found && found.sid }, config.sending),
    }
  })
  await carryOut(deps, judged)
  feedBell.ring()
  const verdicts = Map.groupBy(judged, ({ verdict }) => verdict.verdict)
  const counts = [...verdicts].map(([verdict, each]) => [verdict, each.length] as const)
  for (const [verdict, count] of counts) metrics.settled(verdict, count)
  log.info(Object.fromEntries(counts), 'looked for unknown deliveries')
  return unknown.length
}

async function carryOut({ db, rings }: Deps, judged: Judged[]): Promise<void> {
  const bound = judged.flatMap(({ id, attempt, found }) =>
    found
      ? [{ id, attempt, sid: found.sid, status: found.status, errorCode: found.errorCode }]
      : [],
  )
  if (bound.length > 0) crashPoint('D7')
  await bindUnknown(db, bound)
  const absent = judged.filter(({ verdict }) => verdict.verdict === 'resend')
  await requeueUnknown(
    db,
    absent.map(({ id, attempt }) => ({ id, attempt })),
  )
  await setReview(
    db,
    judged.flatMap(({ id, attempt, verdict }) =>
      verdict.verdict === 'review' ? [{ id, attempt, cause: verdict.cause }] : [],
    ),
  )
  await lookAgain(
    db,
    judged.flatMap(({ id, attempt, verdict }) =>
      verdict.verdict === 'look_again'
        ? [{ id, attempt, inMs: verdict.inMs, read: verdict.counted }]
        : [],
    ),
  )
  const settled = judged.filter(({ verdict }) => verdict.verdict !== 'look_again')
  for (const [lineId, each] of Map.groupBy(settled, (delivery) => delivery.lineId)) {
    await rings.deliveries(lineId, each.length)
  }
}
