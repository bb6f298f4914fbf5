import { connectRedis } from '@partyline/kit/redis'
import { createLog } from '@partyline/kit/log'
import type { Scenario } from '../scenario.ts'

export const t10: Scenario = {
  id: 'T10',
  title: 'FLUSHALL every few seconds',
  measures: true,
  recoversIn: 3,
  async faults({ hub, every }) {
    const redis = connectRedis(hub.stores.redis.url, 'worker', createLog('chaos', 'silent'))
    await every(5_000, () => redis.flushall())
    redis.disconnect()
  },
}
