import type { Scenario } from '../scenario.ts'
import { refusals } from '../webhook-answers.ts'

export const t09: Scenario = {
  id: 'T09',
  title: 'Redis is away for most of the run: texts come in and go out without it',
  seconds: 25,
  async faults({ hub, wait }) {
    await wait(4_000)
    await hub.stores.redis.kill()
    await wait(16_000)
    await hub.stores.redis.start()
  },
  also: async (_hub, loader) => refusals(loader),
}
