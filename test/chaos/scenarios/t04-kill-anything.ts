import { ApiTexts } from '../api-texts.ts'
import type { Dashboard } from '../dashboard.ts'
import { compareDashboards, openDashboards } from '../dashboards.ts'
import type { Hub } from '../hub.ts'
import type { Scenario } from '../scenario.ts'

const opened = new WeakMap<Hub, { texts: ApiTexts; dashboards: Dashboard[] }>()

export const t04: Scenario = {
  id: 'T04',
  title: 'kill -9 of any process of the hub every second',
  seconds: 30,
  ingresses: 2,
  dispatchers: 3,
  apis: 1,
  realtimes: 1,
  async faults({ hub, every, pick }) {
    const texts = await ApiTexts.open(hub)
    opened.set(hub, { texts, dashboards: await openDashboards(hub, 4) })
    await Promise.all([
      every(1_000, () => pick(hub.processes).kill('SIGKILL')),
      every(2_000, () => texts.text(pick(hub.groups))),
    ])
    await texts.finish()
  },
  async also(hub) {
    const { texts, dashboards = [] } = opened.get(hub) ?? {}
    return [
      ...((await texts?.problems()) ?? ['nothing was sent by the api']),
      ...(await compareDashboards(hub, dashboards)),
    ]
  },
}

/** The promise in its plainest form; meant for `--minutes 10`. */
export const t04Two: Scenario = {
  id: 'T04-two',
  title: 'two dispatchers, one of them killed every two to six seconds, at 20 texts a second',
  textsPerSecond: 20,
  async faults({ hub, wait, pick, random }) {
    while (await wait(2_000 + random() * 4_000)) pick(hub.dispatchers).kill('SIGKILL')
  },
}
