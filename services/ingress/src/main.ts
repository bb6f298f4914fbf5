import { connectPostgres, createDb } from '@partyline/db/client'
import { createProducer } from '@partyline/kit/jobs'
import { createLog } from '@partyline/kit/log'
import { connectRedis } from '@partyline/kit/redis'
import { mayRelyOnRedis } from '@partyline/kit/redis-durability'
import { runUntilSignal } from '@partyline/kit/service'
import { createTracing } from '@partyline/kit/tracing'
import { loadConfig } from './config.ts'
import { createIngress } from './ingress.ts'

const config = loadConfig(process.env)
const log = createLog('ingress', config.logLevel)
if (!(await mayRelyOnRedis(config.redis.url, config.redisDurability, log))) process.exit(1)

// Closed in reverse order when this file ends, whether it ends well or badly.
await using resources = new AsyncDisposableStack()
const tracing = await createTracing('ingress', config.tracing, log)
resources.defer(() => tracing.stop())
const sql = connectPostgres(config.databaseUrl, { name: 'ingress', max: 4 })
resources.defer(() => sql.end({ timeout: 5 }))
const redis = connectRedis(config.redis, 'producer', log)
resources.defer(() => redis.disconnect())
const producer = createProducer(redis, config.redis.prefix, log)
resources.defer(() => producer.close())

const ingress = createIngress({ config, log, tracing, db: createDb(sql), redis, producer })
await ingress.http.listen({ port: config.port, host: '0.0.0.0' })
await runUntilSignal(ingress, log, 15_000)
