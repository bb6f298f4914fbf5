import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createRandom } from '@partyline/simulator/random'
import { sql } from 'drizzle-orm'
import { freshSid } from '../support/webhook.ts'
import type { CrashPlan } from './crash-plan.ts'
import { type Hub, openHub } from './hub.ts'
import { type Figures, figureNames, judge } from './judge.ts'
import { Loader } from './loader.ts'
import { quantile } from './quantile.ts'
import type { Chaos, Scenario } from './scenario.ts'
import { type Settled, untilSettled } from './settle.ts'

export interface Outcome extends Figures, Settled {
  scenario: string
  title: string
  seed: number
  passed: boolean
  /** Further invariants that did not hold. */
  problems: string[]
  /** What the scenario found worth a number. */
  measured: Record<string, number>
  seconds: number
  texts: number
  deliveries: Record<string, number>
  answers: Record<string, number>
  acceptP99Ms: number
  /** How often processes ended: at a crash point, or by a signal. */
  ends: Record<string, number>
  /** From the first start to the last count. */
  wallSeconds: number
  /** Kept when the run failed. */
  logs?: string
}

interface Options {
  seed: number
  seconds?: number
  /** For logs and stores; a new one unless said. */
  folder?: string
}

/** The doubts of a late answer must be over before the count is final. */
const aftermathMs = 1_500
/** A point that nobody has come by for so long is not one that this scenario reaches. */
const crashPatienceMs = 60_000

/** One scenario: everything started, load and faults, everything healed, everything done, judged. */
export async function runScenario(scenario: Scenario, options: Options): Promise<Outcome> {
  const prefix = path.join(os.tmpdir(), `partyline-chaos-${scenario.id}-`)
  const folder = options.folder ?? (await mkdtemp(prefix))
  const seconds = options.seconds ?? scenario.seconds ?? 20
  const outcome = await attempt(scenario, { ...options, seconds, folder })
  if (outcome.passed) await rm(folder, { recursive: true, force: true })
  else outcome.logs = folder
  return outcome
}

async function attempt(
  scenario: Scenario,
  { seed, seconds, folder }: Required<Options>,
): Promise<Outcome> {
  const began = performance.now()
  await using hub = await openHub(folder, scenario, createRandom(seed + 2))
  const random = createRandom(seed)
  if (scenario.misbehave) hub.simulator.misbehave({ ...scenario.misbehave, seed })
  const loader = new Loader({
    url: hub.doorUrl,
    record: (text) =>
      scenario.unlisted ? Promise.resolve({ sid: freshSid() }) : hub.simulator.text(text),
    groups: hub.groups,
    random: createRandom(seed + 1),
    duplicates: scenario.duplicateWebhooks ?? 0,
    body: scenario.sameBody,
  })
  const over = timeOf(seconds, hub.crashes)
  const problems: string[] = []
  const measured: Record<string, number> = {}
  await Promise.all([
    loader.run(scenario.textsPerSecond ?? 10, over),
    scenario.faults?.(chaosOf({ hub, loader, random, problems, measured }, over)),
  ])
  await heal(hub)
  const healedAt = performance.now()
  await loader.finish(60_000)
  const settled = await untilSettled(hub, loader, healedAt)
  await wait(aftermathMs)

  const figures = await judge(hub, loader)
  problems.push(...((await scenario.also?.(hub, loader, figures)) ?? []))
  problems.push(...hub.crashes.problems())
  const { recoversIn = Infinity } = scenario
  if ((settled.recoverySeconds ?? Infinity) > recoversIn) {
    problems.push(`took longer than ${recoversIn} s to recover`)
  }
  const zero = figureNames.every((name) => figures[name] === 0) && problems.length === 0
  return {
    ...{ scenario: scenario.id, title: scenario.title, seed },
    passed: scenario.mustFail ? figures.DUP_OUT > 0 : zero,
    ...figures,
    ...settled,
    ...{ problems, measured, seconds, texts: loader.texts.length },
    deliveries: await countStates(hub),
    answers: loader.statuses,
    acceptP99Ms: quantile(loader.answers, 0.99),
    ends: sumEnds(hub),
    wallSeconds: Math.round((performance.now() - began) / 1_000),
  }
}

/** The load lasts so long, and until something has died wherever it is to. */
function timeOf(seconds: number, crashes: CrashPlan): AbortSignal {
  const over = new AbortController()
  void wait(seconds * 1_000)
    .then(() => crashes.untilComplete(crashPatienceMs))
    .then(() => over.abort())
  return over.signal
}

function chaosOf(
  given: Pick<Chaos, 'hub' | 'loader' | 'random' | 'problems' | 'measured'>,
  over: AbortSignal,
): Chaos {
  const pause = (ms: number) =>
    wait(ms, undefined, { signal: over }).then(
      () => true,
      () => false,
    )
  return {
    ...given,
    wait: pause,
    pick<T>(from: T[]): T {
      return from[Math.floor(given.random() * from.length)] as T
    },
    async every(ms, act) {
      while (await pause(ms)) await act()
    },
  }
}

/** Everything runs again and nothing misbehaves. */
async function heal({ stores, processes, simulator, crashes }: Hub): Promise<void> {
  simulator.misbehave({})
  crashes.end()
  for (const process of processes) process.kill('SIGCONT')
  for (const store of [stores.postgres, stores.redis]) {
    store.thaw()
    await store.start()
  }
}

async function countStates({ db }: Hub): Promise<Record<string, number>> {
  const rows = await db.execute<{ state: string; count: number }>(
    sql`select state::text, count(*)::int as count from deliveries group by state order by state`,
  )
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}

function sumEnds({ processes }: Hub): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { ends } of processes) {
    for (const [why, count] of Object.entries(ends)) sums[why] = (sums[why] ?? 0) + count
  }
  return sums
}
