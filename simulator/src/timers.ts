import type { Logger } from '@partyline/kit/log'
import { reasonOf } from '@partyline/kit/reason'

export type Timers = ReturnType<typeof createTimers>

/** Work that happens later. `stop` forgets what has not begun and waits for what has. */
export function createTimers(log: Logger) {
  const waiting = new Set<NodeJS.Timeout>()
  const running = new Set<Promise<void>>()
  let stopped = false

  function run(work: () => Promise<unknown>): void {
    if (stopped) return
    const done: Promise<void> = work()
      .then(() => {})
      .catch((error: unknown) => log.error({ reason: reasonOf(error) }, 'simulated work failed'))
      .finally(() => running.delete(done))
    running.add(done)
  }

  return {
    run,

    after(ms: number, work: () => Promise<unknown>): void {
      if (stopped) return
      const timer = setTimeout(() => {
        waiting.delete(timer)
        run(work)
      }, ms)
      waiting.add(timer)
    },

    clear(): void {
      waiting.forEach(clearTimeout)
      waiting.clear()
    },

    async stop(): Promise<void> {
      stopped = true
      this.clear()
      await Promise.all(running)
    },
  }
}
