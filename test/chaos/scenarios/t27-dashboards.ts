import { pruneFeed } from '@partyline/db/queries/prune-feed'
import { createLog } from '@partyline/kit/log'
import { connectRedis } from '@partyline/kit/redis'
import { Dashboard } from '../dashboard.ts'
import { compareDashboards, openDashboards } from '../dashboards.ts'
import type { Hub } from '../hub.ts'
import type { Chaos, Scenario } from '../scenario.ts'

const count = 50
const stalestMs = 12_000

const opened = new WeakMap<
  Hub,
  { watching: Dashboard[]; away: Dashboard } & Pick<Chaos, 'measured'>
>()

export const t27: Scenario = {
  id: 'T27',
  title: `${count} dashboards, their lines cut, realtime killed, Redis flushed: each shows what SQL has`,
  textsPerSecond: 5,
  measures: true,
  apis: 1,
  realtimes: 2,
  diesAt: { R1: 60 },
  async faults({ hub, every, pick, random, wait, measured }) {
    const watching = await openDashboards(hub, count)
    const away = await Dashboard.open(hub, 'Away', pick(hub.groups))
    opened.set(hub, { watching, away, measured })
    const redis = connectRedis(
      { url: hub.stores.redis.url, prefix: '{partyline}' },
      'worker',
      createLog('chaos', 'silent'),
    )
    await Promise.all([
      every(500, () => hub.realtimeDoor.snap(0.05, random)),
      every(4_000, () => pick(hub.realtimes).kill('SIGKILL')),
      every(5_000, () => redis.flushall()),
      stayAway(hub, away, wait),
    ])
    redis.disconnect()
  },
  async also(hub) {
    const { watching = [], away, measured = {} } = opened.get(hub) ?? {}
    const problems = await compareDashboards(hub, away ? [...watching, away] : [])
    const stalest = Math.max(...watching.map((dashboard) => dashboard.stalestMs))
    measured['stalestMs'] = stalest
    if (stalest > stalestMs) problems.push(`a text was shown after ${stalest} ms`)
    if (away?.reloads !== 1) problems.push(`who was away reloaded ${away?.reloads ?? 0} times`)
    return problems
  },
}

/** Longer than the feed is kept, as far as the feed can tell. */
async function stayAway(hub: Hub, away: Dashboard, wait: (ms: number) => Promise<boolean>) {
  await wait(3_000)
  away.setOnline(false)
  await wait(5_000)
  await pruneFeed(hub.db, 0)
  away.setOnline(true)
}
