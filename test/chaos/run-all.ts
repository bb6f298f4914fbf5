import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Outcome } from './run-scenario.ts'
import type { Scenario } from './scenario.ts'

export interface Run {
  scenario: Scenario
  seed: number
  seconds: number | undefined
}

const entry = fileURLToPath(new URL('run-one.ts', import.meta.url))

/** So many at a time; those that measure how long something takes come last and alone. */
export async function runAll(
  runs: Run[],
  jobs: number,
  done: (run: Run, outcome: Outcome | undefined) => void,
  over: AbortSignal,
): Promise<void> {
  const [alone, beside] = [true, false].map((measures) =>
    runs.filter(({ scenario }) => Boolean(scenario.measures) === measures),
  )
  for (const [queue = [], count] of [[beside, jobs] as const, [alone, 1] as const]) {
    const worker = async () => {
      for (let run = queue.shift(); run && !over.aborted; run = queue.shift()) {
        done(run, await runOne(run, over))
      }
    }
    await Promise.all(Array.from({ length: count }, worker))
  }
}

/** Undefined when it broke down, or was ended. */
async function runOne(run: Run, over: AbortSignal): Promise<Outcome | undefined> {
  const { scenario, seed, seconds } = run
  const args = [scenario.id, seed, ...(seconds === undefined ? [] : [seconds])].map(String)
  const child = fork(entry, args)
  const end = () => child.kill('SIGTERM')
  over.addEventListener('abort', end)
  let outcome: Outcome | undefined
  child.once('message', (message) => {
    outcome = message as Outcome
  })
  await once(child, 'exit').finally(() => over.removeEventListener('abort', end))
  return outcome
}
