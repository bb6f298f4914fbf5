import { traceOf } from '@partyline/kit/reason'
import { complain } from '@partyline/cli/print'

const graceMs = 20_000
/** npm passes on the Ctrl-C that the terminal has already sent to everybody. */
const sameMs = 1_000

/**
 * Resolves at Ctrl-C, SIGTERM, SIGHUP, when the program that started this one is gone, or when something
 * failed that nobody awaited: what that left half done is nothing to go on with. Asking again later, or a
 * stop that hangs, ends the process at once; the next start puts things in order.
 */
export async function untilStopped(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  let asked = 0
  const ask = () => {
    if (asked !== 0 && Date.now() - asked > sameMs) process.exit(1)
    if (asked !== 0) return
    asked = Date.now()
    setTimeout(() => process.exit(1), graceMs).unref()
    resolve(undefined)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  process.on('disconnect', ask)
  process.on('uncaughtException', (error) => {
    process.exitCode = 1
    complain(`Something failed that should not have. Start Partyline again.\n${traceOf(error)}`)
    if (asked === 0) ask()
  })
  process.channel?.unref()
  await promise
}
