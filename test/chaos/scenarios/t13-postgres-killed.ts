import type { Scenario } from '../scenario.ts'
import { refusals } from '../webhook-answers.ts'

export const t13: Scenario = {
  id: 'T13',
  title: 'Postgres is killed and started again, three times; webhooks go on being taken',
  seconds: 25,
  measures: true,
  recoversIn: 10,
  faults: ({ hub, every, wait }) =>
    every(6_000, async () => {
      await hub.stores.postgres.kill()
      await wait(2_000)
      await hub.stores.postgres.start()
    }),
  also: async (_hub, loader) => refusals(loader),
}
