import { parse } from 'node:querystring'
import { createIngress } from '@partyline/ingress/ingress'
import { connectPostgres, createDb } from '@partyline/db/client'
import { createProducer } from '@partyline/kit/jobs'
import { createLog } from '@partyline/kit/log'
import { connectRedis } from '@partyline/kit/redis'
import { noTracing } from '@partyline/kit/tracing'
import Fastify from 'fastify'
import { account, publicUrl } from '../support/webhook.ts'

// One side of the comparison as a process of its own, so that its load is not its client's.
const [side = 'bare', redisUrl = '', prefix = '', databaseUrl = ''] = process.argv.slice(2)
const listen = { port: 0, host: '127.0.0.1' }

async function bare(): Promise<string> {
  const http = Fastify({ logger: false })
  http.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, parse(String(body))),
  )
  http.post('/webhooks/twilio/messages', (_request, reply) =>
    reply.type('text/xml').send('<?xml version="1.0" encoding="UTF-8"?><Response/>'),
  )
  return http.listen(listen)
}

async function ours(): Promise<string> {
  const log = createLog('bench', 'warn')
  const redis = connectRedis({ url: redisUrl, prefix }, 'producer', log)
  await new Promise((resolve) => redis.once('ready', resolve))
  const ingress = createIngress({
    config: {
      publicUrl,
      accountSid: account.sid,
      authTokens: [account.token],
      trustedProxies: ['loopback'],
      redis: { prefix },
    },
    log,
    tracing: noTracing,
    redis,
    db: createDb(connectPostgres(databaseUrl, { name: 'bench', max: 4 })),
    producer: createProducer(redis, prefix, log),
  })
  await ingress.start()
  return ingress.http.listen(listen)
}

process.stdout.write(`${await (side === 'bare' ? bare() : ours())}\n`)
