import type { Scenario } from '../scenario.ts'

export const t02: Scenario = {
  id: 'T02',
  title:
    'ingress dies before and after it has kept a webhook, in Redis or in Postgres (I1, I2, I3)',
  ingresses: 2,
  env: { CRASH_AT: 'I1:0.015,I2:0.02,I3:0.04' },
  async faults({ hub, wait }) {
    await wait(8_000)
    await hub.stores.redis.kill()
    await wait(8_000)
    await hub.stores.redis.start()
  },
}
