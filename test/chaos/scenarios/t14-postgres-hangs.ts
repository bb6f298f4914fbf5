import type { Scenario } from '../scenario.ts'

export const t14: Scenario = {
  id: 'T14',
  title: 'Postgres hangs (SIGSTOP) for 12 s',
  seconds: 25,
  measures: true,
  async faults({ hub, wait }) {
    await wait(5_000)
    hub.stores.postgres.freeze()
    await wait(12_000)
    hub.stores.postgres.thaw()
  },
  also: async (_hub, { answers }) =>
    Math.max(...answers) > 3_000 ? [`an answer took ${Math.round(Math.max(...answers))} ms`] : [],
}
