import type { Logger } from './log.ts'
import { traceOf } from './reason.ts'

/** Built by `createX(deps)`, which opens nothing. Each of the two is called once. */
export interface Service {
  start(): Promise<void>
  stop(): Promise<void>
}

/**
 * Runs a service until SIGINT or SIGTERM, or until something fails that nobody awaited: nobody knows what
 * that left half done, so the process finishes what is under way and ends with 1, and whoever started it
 * starts a fresh one. A stop that hangs ends the process.
 */
export async function runUntilSignal(service: Service, log: Logger, graceMs: number) {
  // Listened for from the first moment: a signal during the start ends it in order, after the start.
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals | 'failure'>()
  process.on('SIGINT', resolve).on('SIGTERM', resolve)
  let started = false
  // Rejections that nobody handles arrive here too, a failed start among them.
  process.on('uncaughtException', (error) => {
    process.exitCode = 1
    log.fatal({ reason: traceOf(error) }, 'failed outside of any request or job')
    // A start that failed has nothing under way, and a port that is open already would keep it here.
    if (!started) process.exit()
    setTimeout(() => process.exit(1), graceMs).unref()
    resolve('failure')
  })
  await service.start()
  started = true
  log.info('started')

  const signal = await promise
  // From here on a second signal kills, as people expect.
  process.off('SIGINT', resolve).off('SIGTERM', resolve)

  log.info({ signal, graceMs }, 'stopping')
  const deadline = setTimeout(() => {
    log.fatal('did not stop in time')
    process.exit(1)
  }, graceMs)
  await service.stop().finally(() => clearTimeout(deadline))
  log.info('stopped')
}
