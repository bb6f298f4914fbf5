import { connectPostgres, createDb } from '@partyline/db/client'
import { adminExists } from '@partyline/db/queries/users'
import { createDoorbell } from '@partyline/kit/doorbell'
import { createProducer } from '@partyline/kit/jobs'
import { createLog } from '@partyline/kit/log'
import { createBlobs } from '@partyline/kit/media-store'
import { connectRedis } from '@partyline/kit/redis'
import { runUntilSignal } from '@partyline/kit/service'
import { createTracing } from '@partyline/kit/tracing'
import { createApi } from './api.ts'
import { loadConfig } from './config.ts'

const config = loadConfig(process.env)
const log = createLog('api', config.logLevel)

// Closed in reverse order when this file ends, whether it ends well or badly.
await using resources = new AsyncDisposableStack()
const tracing = await createTracing('api', config.tracing, log)
resources.defer(() => tracing.stop())
const sql = connectPostgres(config.databaseUrl, { name: 'api' })
resources.defer(() => sql.end({ timeout: 5 }))
const redis = connectRedis(config.redis, 'producer', log)
resources.defer(() => redis.disconnect())
const producer = createProducer(redis, config.redis.prefix, log)
resources.defer(() => producer.close())
const db = createDb(sql)

const api = createApi({
  config,
  log,
  tracing,
  db,
  redis,
  producer,
  feedBell: createDoorbell(redis, config.redis.prefix, 'feed', log),
  blobs: createBlobs(config.mediaStore, config.dataFolder),
})
await api.http.listen({ port: config.port, host: '0.0.0.0' })
// A link would be in the log of every replica: whoever may make the first admin asks for one.
if (!config.admin && !(await adminExists(db))) {
  log.info('no admin yet: `partyline setup-link` prints a link to make one')
}
await runUntilSignal(api, log, 15_000)
