import {
  type JobName,
  type JobPayload,
  type JobsIn,
  jobs,
  type QueueName,
  queueNames,
} from '@partyline/contracts/jobs'
import { type Job, type JobType, Queue, UnrecoverableError, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { PermanentError } from './errors.ts'
import type { ObserveJob } from './job-metrics.ts'
import type { Logger } from './log.ts'
import { reasonOf, traceOf } from './reason.ts'
import type { Service } from './service.ts'
import { stopWorker } from './stop-worker.ts'
import { within } from './within.ts'

export interface Producer {
  enqueue<Name extends JobName>(name: Name, payload: JobPayload<Name>): Promise<void>
  /**
   * The same doorbell several times, for work that several workers can share. All but the first wait
   * behind whatever else comes: a text to thousands does not keep an answer to one waiting.
   */
  enqueueMany<Name extends JobName>(name: Name, payloads: JobPayload<Name>[]): Promise<void>
  /** One that waits. While one with the same key waits, another is dropped. */
  enqueueLater<Name extends JobName>(
    name: Name,
    payload: JobPayload<Name>,
    when: { key: string; inMs: number },
  ): Promise<void>
  /** When the oldest job that is not done was enqueued; undefined when there is none. */
  oldest(queue: QueueName): Promise<Date | undefined>
  close(): Promise<void>
}

/** BullMQ takes jobs that have a priority after all those that have none. */
const behindOthers = { priority: 1 }

const notDone: JobType[] = ['active', 'wait', 'prioritized', 'delayed']

/** A queue that has lost Redis may wait for it without end; nobody who enqueues may. */
const patienceMs = 2_000

/** `redis` is a connection in producer haste, so an enqueue that cannot be made fails in about a second. */
export function createProducer(redis: Redis, prefix: string, log: Logger): Producer {
  const queues = new Map<QueueName, Queue>(
    queueNames.map((name) => [
      name,
      new Queue(name, {
        connection: redis,
        prefix,
        skipWaitingForReady: true,
        skipVersionCheck: true,
      }),
    ]),
  )
  for (const queue of queues.values()) {
    queue.on('error', (error) => log.warn({ reason: error.message }, 'queue'))
  }
  const queueNamed = (name: QueueName) => {
    const queue = queues.get(name)
    if (!queue) throw new Error(`no queue ${name}`)
    return queue
  }
  const queueOf = (name: JobName) => queueNamed(jobs[name].queue)
  const entry = (name: JobName, data: unknown) => ({
    name,
    data,
    opts: {
      attempts: jobs[name].attempts,
      backoff: { type: 'fixed', delay: 500 },
      removeOnComplete: true,
      removeOnFail: { age: 7 * 86_400 },
    },
  })
  return {
    async enqueue(name, payload) {
      const { data, opts } = entry(name, payload)
      await within(patienceMs, queueOf(name).add(name, data, opts))
    },
    async enqueueMany(name, payloads) {
      const entries = payloads.map((payload) => entry(name, payload))
      for (const { opts } of entries.slice(1)) Object.assign(opts, behindOthers)
      await within(patienceMs, queueOf(name).addBulk(entries))
    },
    async enqueueLater(name, payload, { key, inMs }) {
      const { data, opts } = entry(name, payload)
      const deduplication = { id: key, ttl: Math.max(1, Math.ceil(inMs)) }
      const options = { ...opts, delay: Math.ceil(inMs), deduplication }
      await within(patienceMs, queueOf(name).add(name, data, options))
    },
    async oldest(name) {
      const found = await within(patienceMs, queueNamed(name).getJobs(notDone, 0, 0, true))
      const times = found.map(({ timestamp }) => timestamp)
      return times.length > 0 ? new Date(Math.min(...times)) : undefined
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()))
    },
  }
}

export interface JobContext {
  log: Logger
}
export type JobHandler<Name extends JobName> = (
  payload: JobPayload<Name>,
  context: JobContext,
) => Promise<void>
/** Exactly one handler for every job of a queue: a missing one does not compile. */
export type JobHandlers<Q extends QueueName> = { [Name in JobsIn<Q>]: JobHandler<Name> }

export interface WorkerOptions<Q extends QueueName> {
  queue: Q
  handlers: JobHandlers<Q>
  /** A connection in worker patience. */
  redis: Redis
  prefix: string
  concurrency: number
  log: Logger
  observe?: ObserveJob
}

/** Runs the jobs of one queue. The numbers are argued in docs/adr/0005. */
export function createWorker<Q extends QueueName>(options: WorkerOptions<Q>): Service {
  const { queue, handlers, redis, prefix, concurrency, log, observe } = options
  const running = new Set<Promise<void>>()
  const run = (job: Job) => {
    const began = performance.now()
    const ended = (outcome: 'done' | 'failed') => () =>
      observe?.(job.name as JobName, outcome, (performance.now() - began) / 1_000)
    const work = runJob(job, handlers, log).finally(() => running.delete(work))
    work.then(ended('done'), ended('failed'))
    running.add(work)
    return work
  }
  const worker = new Worker(queue, run, {
    connection: redis,
    prefix,
    concurrency,
    autorun: false,
    lockDuration: 10_000,
    stalledInterval: 5_000,
    maxStalledCount: 1_000_000,
    runRetryDelay: 1_000,
  })
  worker.on('failed', (job, error) => {
    log.error({ job: job?.name, jobId: job?.id, reason: error.message }, 'job failed')
  })
  worker.on('error', (error) => log.warn({ reason: error.message }, 'worker'))
  return {
    async start() {
      worker
        .run()
        .catch((error: unknown) => log.fatal({ reason: traceOf(error) }, 'worker loop ended'))
      await worker.waitUntilReady()
    },
    stop: () => stopWorker(worker, () => Promise.allSettled(running)),
  }
}

async function runJob(job: Job, handlers: Partial<JobHandlers<QueueName>>, log: Logger) {
  const name = job.name as JobName
  const handler = handlers[name] as JobHandler<JobName> | undefined
  if (!handler) throw new UnrecoverableError(`no handler for ${name}`)
  const payload = jobs[name].payload.safeParse(job.data)
  if (!payload.success) throw new UnrecoverableError(`bad payload: ${payload.error.message}`)
  try {
    await handler(payload.data, { log: log.child({ job: name, jobId: job.id }) })
  } catch (error) {
    if (error instanceof PermanentError) throw new UnrecoverableError(error.message)
    // Kept in Redis with the job, in clear: the reason, never the values of a failed statement.
    throw new Error(reasonOf(error), { cause: error })
  }
}
