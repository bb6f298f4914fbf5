import { explainTwilioError } from '@partyline/contracts/twilio-errors'
import type { Db } from '@partyline/db/client'
import { requeueFailed } from '@partyline/db/queries/retry-delivery'

const secondMs = 1_000
const minuteMs = 60 * secondMs

/** How often, and how long after each failure, a reason that passes by itself is tried again. */
const pauses: Partial<Record<string, number[]>> = {
  soon: [30 * secondMs, 2 * minuteMs, 10 * minuteMs],
  once: [minuteMs],
}

/**
 * Sends again what failed for a reason that passes: carrier congestion, a rate that was exceeded. What
 * takes hours (a phone that is off) is left to a person: meanwhile its whole lane would wait.
 */
export async function retryPassing(
  db: Db,
  failures: { id: string; errorCode: number }[],
): Promise<void> {
  const passing = failures.flatMap(({ id, errorCode }) => {
    const pausesMs = pauses[explainTwilioError(errorCode).retry]
    return pausesMs ? [{ id, pausesMs }] : []
  })
  if (passing.length > 0) await requeueFailed(db, passing)
}
