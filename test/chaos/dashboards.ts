import { Dashboard, type Site } from './dashboard.ts'
import { readTruth } from './truth.ts'
import { until } from './until.ts'

/** Processes start again when everything is healed, and browsers come back. */
const patienceMs = 30_000

/** So many, each on one of the groups in turn. */
export async function openDashboards(hub: Site, count: number): Promise<Dashboard[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) => {
      const group = hub.groups[index % hub.groups.length]
      if (!group) throw new Error('there is no group to look at')
      return Dashboard.open(hub, `Viewer ${index + 1}`, group)
    }),
  )
}

/** What is not as in SQL when everybody has had time to come back. Closes them. */
export async function compareDashboards(
  hub: Pick<Site, 'db'>,
  dashboards: Dashboard[],
): Promise<string[]> {
  let wrong: string[][] = []
  try {
    await until(patienceMs, async () => {
      const truth = await readTruth(hub.db)
      const found = dashboards.map((dashboard) => dashboard.differences(truth))
      wrong = found.filter((differences) => differences.length > 0)
      return wrong.length === 0
    })
    const [first] = wrong
    return first ? [`${wrong.length} dashboards are wrong about: ${first.join(', ')}`] : []
  } finally {
    for (const dashboard of dashboards) dashboard.close()
  }
}
