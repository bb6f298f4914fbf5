import type { Worker } from 'bullmq'
import { within } from './within.ts'

/** Longer than a job takes: a call to Twilio ends after 30 s. */
const jobsMs = 35_000
/** Signing off takes a few round trips to a Redis that is there. */
const signOffMs = 2_000

/**
 * Stops a worker once its jobs are done. A worker that is just then without Redis never finishes its own
 * close: ioredis tells nobody the end of a connection that was about to be made again. So after a while
 * it is let go; what it could not sign off runs again elsewhere.
 */
export async function stopWorker(worker: Worker, jobsDone: () => Promise<unknown>): Promise<void> {
  const closed = worker.close()
  const late = within(jobsMs, jobsDone())
    .catch(() => undefined)
    .then(() => within(signOffMs, closed))
  await Promise.race([closed, late]).catch(async () => {
    const blocked = await worker.backend.blockingClient
    blocked?.disconnect()
  })
}
