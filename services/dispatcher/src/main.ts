import { connectPostgres, createDb } from '@partyline/db/client'
import { connectSending, createSendingDb } from '@partyline/db/sending-pool'
import { createDoorbell } from '@partyline/kit/doorbell'
import { createProducer } from '@partyline/kit/jobs'
import { createLog } from '@partyline/kit/log'
import { createBlobs } from '@partyline/kit/media-store'
import { connectRedis } from '@partyline/kit/redis'
import { mayRelyOnRedis } from '@partyline/kit/redis-durability'
import { runUntilSignal } from '@partyline/kit/service'
import { createTracing } from '@partyline/kit/tracing'
import { loadConfig } from './config.ts'
import { createDispatcher } from './dispatcher.ts'

const config = loadConfig(process.env)
const log = createLog('dispatcher', config.logLevel)
if (!(await mayRelyOnRedis(config.redis.url, config.redisDurability, log))) process.exit(1)

// Closed in reverse order when this file ends, whether it ends well or badly.
await using resources = new AsyncDisposableStack()
const tracing = await createTracing('dispatcher', config.tracing, log)
resources.defer(() => tracing.stop())
const sql = connectPostgres(config.databaseUrl, { name: 'dispatcher', max: 20 })
resources.defer(() => sql.end({ timeout: 5 }))
const sendingSql = connectSending(config.databaseUrl)
resources.defer(() => sendingSql.end({ timeout: 5 }))
const redis = connectRedis(config.redis, 'worker', log)
resources.defer(() => redis.disconnect())
const hasty = connectRedis(config.redis, 'producer', log)
resources.defer(() => hasty.disconnect())
const producer = createProducer(hasty, config.redis.prefix, log)
resources.defer(() => producer.close())

const dispatcher = createDispatcher({
  config,
  log,
  tracing,
  db: createDb(sql),
  sendingDb: createSendingDb(sendingSql),
  redis,
  hasty,
  producer,
  feedBell: createDoorbell(hasty, config.redis.prefix, 'feed', log),
  blobs: createBlobs(config.mediaStore, config.dataFolder),
})
await dispatcher.http.listen({ port: config.port, host: '0.0.0.0' })
// Longer than Twilio's 30 s: a call that is under way is finished, not abandoned.
await runUntilSignal(dispatcher, log, 40_000)
