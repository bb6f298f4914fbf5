import type { Scenario } from '../scenario.ts'
import { slowest } from '../webhook-answers.ts'

export const t15: Scenario = {
  id: 'T15',
  title: 'Postgres and Redis are away together: webhooks are refused in time, and come again',
  measures: true,
  async faults({ hub, wait }) {
    const { postgres, redis } = hub.stores
    await wait(5_000)
    await Promise.all([postgres.kill(), redis.kill()])
    await wait(8_000)
    await Promise.all([postgres.start(), redis.start()])
  },
  also: async (_hub, loader) => [
    ...(loader.statuses['503'] ? [] : ['no webhook was refused']),
    ...slowest(loader, 2_500),
  ],
}
