import { reasonOf } from '@partyline/kit/reason'
import type { Service } from '@partyline/kit/service'
import type { JobDeps } from './deps.ts'

export type Task = (deps: JobDeps) => Promise<unknown>

interface Plan {
  tasks: Record<string, Task>
  everyMs: number
  firstInMs: number
}

/** Runs each task now and again, by itself: one that fails or is slow holds up no other. */
export function createSweeper(deps: JobDeps, { tasks, everyMs, firstInMs }: Plan): Service {
  const { log, stopping } = deps
  const timers = new Map<string, NodeJS.Timeout>()
  const passes = new Map<string, Promise<void>>()

  function run(name: string, task: Task) {
    const pass = task(deps).then(
      () => undefined,
      (error: unknown) => log.warn({ task: name, reason: reasonOf(error) }, 'sweep'),
    )
    passes.set(name, pass)
    // A little chance keeps several dispatchers from sweeping in step.
    void pass.then(() => later(name, task, everyMs * (0.8 + 0.4 * Math.random())))
  }

  function later(name: string, task: Task, inMs: number) {
    if (stopping.aborted) return
    const timer = setTimeout(() => run(name, task), inMs)
    timers.set(name, timer)
  }

  return {
    async start() {
      for (const [name, task] of Object.entries(tasks)) later(name, task, firstInMs)
    },
    async stop() {
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.all(passes.values())
    },
  }
}
