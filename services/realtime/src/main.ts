import { connectPostgres, createDb } from '@partyline/db/client'
import { createLog } from '@partyline/kit/log'
import { connectRedis } from '@partyline/kit/redis'
import { runUntilSignal } from '@partyline/kit/service'
import { loadConfig } from './config.ts'
import { createRealtime } from './realtime.ts'

const config = loadConfig(process.env)
const log = createLog('realtime', config.logLevel)

// Closed in reverse order when this file ends, whether it ends well or badly.
await using resources = new AsyncDisposableStack()
const sql = connectPostgres(config.databaseUrl, { name: 'realtime', max: 5 })
resources.defer(() => sql.end({ timeout: 5 }))
const redis = connectRedis(config.redis, 'worker', log)
resources.defer(() => redis.disconnect())
const publisher = connectRedis(config.redis, 'producer', log)
resources.defer(() => publisher.disconnect())

const realtime = createRealtime({ config, log, db: createDb(sql), redis, publisher })
const service = {
  async start() {
    await realtime.start()
    await realtime.http.listen({ port: config.port, host: '0.0.0.0' })
  },
  stop: () => realtime.stop(),
}
await runUntilSignal(service, log, 10_000)
