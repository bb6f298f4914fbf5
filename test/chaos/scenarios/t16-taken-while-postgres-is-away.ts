import type { Scenario } from '../scenario.ts'

export const t16: Scenario = {
  id: 'T16',
  title: 'taken while Postgres is away, and every dispatcher killed before it is back',
  faults: ({ hub, every, wait }) =>
    every(5_000, async () => {
      await hub.stores.postgres.kill()
      await wait(1_500)
      for (const dispatcher of hub.dispatchers) dispatcher.kill('SIGKILL')
      await wait(500)
      await hub.stores.postgres.start()
    }),
}
