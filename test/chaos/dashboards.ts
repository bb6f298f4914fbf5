import { setTimeout as wait } from 'node:timers/promises'
import { Dashboard } from './dashboard.ts'
import type { Hub } from './hub.ts'
import { readTruth } from './truth.ts'

/** Processes start again when everything is healed, and browsers come back. */
const patienceMs = 30_000

/** So many, each on one of the groups in turn. */
export async function openDashboards(hub: Hub, count: number): Promise<Dashboard[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) => {
      const group = hub.groups[index % hub.groups.length]
      if (!group) throw new Error('there is no group to look at')
      return Dashboard.open(hub, `Viewer ${index + 1}`, group)
    }),
  )
}

/** What is not as in SQL when everybody has had time to come back. Closes them. */
export async function compareDashboards(hub: Hub, dashboards: Dashboard[]): Promise<string[]> {
  const deadline = performance.now() + patienceMs
  try {
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
  } finally {
    for (const dashboard of dashboards) dashboard.close()
  }
}
