import type { Chaos, Scenario } from '../scenario.ts'
import { refusals, slowest } from '../webhook-answers.ts'

export const t11: Scenario = {
  id: 'T11',
  title: 'Redis hangs (SIGSTOP) for 12 s: every webhook is taken within 2 s',
  ...hanging('redis'),
  also: async (_hub, loader) => [...refusals(loader), ...slowest(loader, 2_500)],
}

export const t14: Scenario = {
  id: 'T14',
  title: 'Postgres hangs (SIGSTOP) for 12 s: every webhook is answered within 3 s',
  ...hanging('postgres'),
  also: async (_hub, loader) => slowest(loader, 3_000),
}

/** It answers nobody and keeps its connections: worse than one that is gone. */
function hanging(store: 'redis' | 'postgres'): Pick<Scenario, 'seconds' | 'measures' | 'faults'> {
  return {
    seconds: 25,
    measures: true,
    async faults({ hub, wait }: Chaos) {
      await wait(5_000)
      hub.stores[store].freeze()
      await wait(12_000)
      hub.stores[store].thaw()
    },
  }
}
