import type { Scenario } from '../scenario.ts'

export const t02: Scenario = {
  id: 'T02',
  title:
    'ingress dies before and after it has kept a webhook, in Redis or in Postgres (I1, I2, I3)',
  ingresses: 2,
  diesAt: { I1: 30, I2: 30, I3: 10 },
  async faults({ hub, wait }) {
    await wait(8_000)
    await hub.stores.redis.kill()
    await wait(8_000)
    await hub.stores.redis.start()
  },
}
