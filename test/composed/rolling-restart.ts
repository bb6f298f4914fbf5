import { execFile } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { sql } from 'drizzle-orm'
import { compareDashboards, openDashboards } from '../chaos/dashboards.ts'
import { noteDoubts, tellDoubts } from '../chaos/doubts.ts'
import { seedGroups } from '../chaos/groups.ts'
import { type Figures, judge } from '../chaos/judge.ts'
import { overRate } from '../chaos/over-rate.ts'
import { quantile } from '../chaos/quantile.ts'
import { type Settled, untilSettled } from '../chaos/settle.ts'
import { type Composed, compose } from './composed.ts'
import { PhoneTexts } from './phone-texts.ts'

const run = promisify(execFile)
const script = fileURLToPath(new URL('../../deploy/compose/rolling-restart.sh', import.meta.url))

interface Plan {
  dispatchers: number
  /** Of ingress, realtime and api, each. */
  others: number
  textsPerSecond: number
  /** At least so long, and until everything was restarted. */
  seconds: number
}

export interface Outcome extends Figures, Settled {
  problems: string[]
  texts: number
  /** Containers that were restarted under load. */
  restarts: number
  seconds: number
  /** From the text to the webhook's answer, through the public port. */
  acceptP99Ms: number
  /** The longest that a dashboard waited for a text. */
  stalestMs: number
}

/** Members who text without pause are the load here, not a loop. */
const env = { RELAY_CAP_PER_MINUTE: '0', RELAY_CAP_SAME_TEXT: '0', DEMO: 'false' }
/** A little more than the load, so that what waited during a restart meets the limit. */
const segmentsPerSecond = 20

/** The composed system, scaled, under load, while each of its services is restarted one by one. */
export async function restartUnderLoad(plan: Plan): Promise<Outcome> {
  const { dispatchers, others, textsPerSecond, seconds } = plan
  const scale = { dispatcher: dispatchers, ingress: others, realtime: others, api: others }
  await using composed = await compose({ name: 'restart', env, scale })
  const { url, db } = composed
  const groups = await seedGroups(db, 4)
  await db.execute(sql`update lines set segments_per_second = ${segmentsPerSecond}`)
  await noteDoubts(db)
  const site = { db, groups, apiUrl: url, realtimeDoor: { url }, origin: url }
  const dashboards = await openDashboards(site, 4)
  const phones = new PhoneTexts(url, groups)
  await phones.open()

  const over = new AbortController()
  const began = performance.now()
  const load = phones.run(textsPerSecond, over.signal)
  const restarts = await restartAll(composed)
  await wait(Math.max(0, began + seconds * 1_000 - performance.now()))
  over.abort()
  await load
  const healedAt = performance.now()
  await phones.finish()
  const settled = await untilSettled({ db }, phones, healedAt)
  const problems = [...(await tellDoubts(db)), ...(await compareDashboards({ db }, dashboards))]
  const judged = { db, simulatorFile: await composed.copySimulator() }
  problems.push(...groups.flatMap((group) => overRate(judged, group, segmentsPerSecond)))
  return {
    ...(await judge(judged, phones)),
    ...settled,
    ...{ problems, restarts, texts: phones.texts.length },
    seconds: Math.round((healedAt - began) / 1_000),
    acceptP99Ms: quantile(
      phones.texts.map(({ at, answeredAt }) => answeredAt - at),
      0.99,
    ),
    stalestMs: Math.max(...dashboards.map((dashboard) => dashboard.stalestMs)),
  }
}

/** With the script that ops use. Returns how many containers it restarted. */
async function restartAll({ project }: Composed): Promise<number> {
  const { stdout } = await run(script, [], {
    env: { ...process.env, COMPOSE_PROJECT_NAME: project },
  })
  return stdout.trim().split('\n').length
}
