import type { Scenario } from '../scenario.ts'

export const t08: Scenario = {
  id: 'T08',
  title: 'Redis is killed and started again, five times',
  measures: true,
  recoversIn: 3,
  faults: ({ hub, every }) =>
    every(4_000, async () => {
      await hub.stores.redis.kill()
      await hub.stores.redis.start()
    }),
}
