import { createLog } from '@partyline/kit/log'
import { connectRedis } from '@partyline/kit/redis'
import type { Scenario } from '../scenario.ts'
import { refusals } from '../webhook-answers.ts'

export const t12: Scenario = {
  id: 'T12',
  title: 'Redis is out of memory: webhooks are taken without it',
  async faults({ hub, wait }) {
    const redis = connectRedis(
      { url: hub.stores.redis.url, prefix: '{partyline}' },
      'worker',
      createLog('chaos', 'silent'),
    )
    await wait(4_000)
    await redis.config('SET', 'maxmemory', '1mb')
    await wait(12_000)
    await redis.config('SET', 'maxmemory', '0')
    redis.disconnect()
  },
  also: async (_hub, loader) => refusals(loader),
}
