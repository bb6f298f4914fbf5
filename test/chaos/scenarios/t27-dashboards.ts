import { setTimeout as wait } from 'node:timers/promises'
import { pruneFeed } from '@partyline/db/queries/prune-feed'
import { createLog } from '@partyline/kit/log'
import { connectRedis } from '@partyline/kit/redis'
import { Dashboard } from '../dashboard.ts'
import type { Hub } from '../hub.ts'
import type { Scenario } from '../scenario.ts'
import { readTruth } from '../truth.ts'

const count = 50
const stalestMs = 12_000
/** Realtime starts again when everything is healed. */
const patienceMs = 30_000

const opened = new WeakMap<Hub, { watching: Dashboard[]; away: Dashboard }>()

export const t27: Scenario = {
  id: 'T27',
  title: `${count} dashboards, their lines cut, realtime killed, Redis flushed: each shows what SQL has`,
  textsPerSecond: 5,
  apis: 1,
  realtimes: 2,
  env: { CRASH_AT: 'R1:0.01' },
  async faults({ hub, every, pick, random, wait: pause }) {
    const groupOf = (index: number) => hub.groups[index % hub.groups.length] ?? pick(hub.groups)
    const watching = await Promise.all(
      Array.from({ length: count }, (_, index) =>
        Dashboard.open(hub, `Viewer ${index + 1}`, groupOf(index)),
      ),
    )
    const away = await Dashboard.open(hub, 'Away', groupOf(0))
    opened.set(hub, { watching, away })
    const redis = connectRedis(hub.stores.redis.url, 'worker', createLog('chaos', 'silent'))
    await Promise.all([
      every(500, () => hub.realtimeDoor.snap(0.05, random)),
      every(4_000, () => pick(hub.realtimes).kill('SIGKILL')),
      every(5_000, () => redis.flushall()),
      stayAway(hub, away, pause),
    ])
    redis.disconnect()
  },
  async also(hub) {
    const { watching = [], away } = opened.get(hub) ?? {}
    const all = away ? [...watching, away] : []
    const problems = await untilTrue(hub, all)
    const stalest = Math.max(...watching.map((dashboard) => dashboard.stalestMs))
    for (const dashboard of all) dashboard.close()
    if (stalest > stalestMs) problems.push(`a text was shown after ${stalest} ms`)
    if (away?.reloads !== 1) problems.push(`who was away reloaded ${away?.reloads ?? 0} times`)
    return problems
  },
}

/** Longer than the feed is kept, as far as the feed can tell. */
async function stayAway(hub: Hub, away: Dashboard, pause: (ms: number) => Promise<boolean>) {
  await pause(3_000)
  away.setOnline(false)
  await pause(5_000)
  await pruneFeed(hub.db, 0)
  away.setOnline(true)
}

/** What is still not so when everybody has had time to come back. */
async function untilTrue(hub: Hub, dashboards: Dashboard[]): Promise<string[]> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const truth = await readTruth(hub.db)
    const found = dashboards.map((dashboard) => dashboard.differences(truth))
    const wrong = found.filter((differences) => differences.length > 0)
    if (wrong.length === 0) return []
    if (performance.now() > deadline) {
      return [`${wrong.length} dashboards are wrong about: ${wrong[0]?.join(', ') ?? ''}`]
    }
    await wait(500)
  }
}
