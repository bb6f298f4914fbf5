import type { Redis } from '@partyline/kit/redis'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '@partyline/db/client'
import { ping } from '@partyline/db/queries/ping'
import { healthRoutes } from '@partyline/kit/health'
import { createHttp, type Http } from '@partyline/kit/http'
import type { Producer } from '@partyline/kit/jobs'
import type { Logger } from '@partyline/kit/log'
import type { Service } from '@partyline/kit/service'
import { traceRequests } from '@partyline/kit/trace-requests'
import type { Tracing } from '@partyline/kit/tracing'
import { watchStores } from '@partyline/kit/watch-stores'
import type { Config } from './config.ts'
import { createDurable } from './durable.ts'
import { parseForm } from './form.ts'
import { createGoodWebhooks } from './good-webhooks.ts'
import { createIngressMetrics } from './ingress-metrics.ts'
import { ourQuery } from './our-query.ts'
import { createRefusalLog, type RefusalLog } from './refusals.ts'
import { webhookRoutes } from './routes.ts'
import { createVerify, type WebhookBody } from './verify.ts'

export interface Deps {
  config: Pick<Config, 'publicUrl' | 'accountSid' | 'authTokens' | 'trustedProxies'> & {
    redis: { prefix: string }
  }
  log: Logger
  tracing: Tracing
  /** Asked only while Redis is away, and whether it is there. */
  db: Db
  /** In producer haste. */
  redis: Redis
  producer: Producer
}

const maxBodyBytes = 65_536

/** Twilio's door: checks the signature, makes the webhook durable, answers. */
export function createIngress(deps: Deps): Service & { http: Http } {
  const { config, log, tracing, redis, db } = deps
  const http = createHttp(log, {
    bodyLimit: maxBodyBytes,
    trustProxy: config.trustedProxies,
  })
  // The sending of the text that a callback is about. Not yet verified here; what is refused leaves no span.
  traceRequests(http, tracing, ({ query }) => ourQuery.parse(query).traceParent)
  http.removeAllContentTypeParsers()
  // With callbacks: on the way of every webhook, a promise that waits for nothing is a turn for nothing.
  http.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, { params: parseForm(String(body)) } satisfies WebhookBody),
  )
  http.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: unknown, json: string): Promise<WebhookBody> => ({
      params: parseJson(json),
      json,
    }),
  )
  const metrics = createIngressMetrics()
  http.addHook('onResponse', (_request, reply, done) => {
    metrics.answered(reply)
    done()
  })
  const noted = createRefusalLog(redis, config.redis.prefix, log)
  const good = createGoodWebhooks(redis, config.redis.prefix, log)
  const refusals: RefusalLog = {
    add(refusal, ip, findMatch) {
      metrics.refused(refusal.reason)
      noted.add(refusal, ip, findMatch)
    },
  }
  webhookRoutes(http, {
    accountSid: config.accountSid,
    log,
    durable: createDurable({ ...deps, authTokens: config.authTokens, metrics }),
    verify: createVerify(config, refusals, good),
  })
  // Either keeps a webhook: without Redis this one must stay reachable.
  healthRoutes(http, { store: () => Promise.any([redis.ping(), ping(db)]) }, metrics.metrics)
  watchStores(metrics.metrics, { redis: () => redis.ping(), postgres: () => ping(db) })
  return {
    http,
    async start() {
      await http.ready()
    },
    async stop() {
      await http.close()
    },
  }
}

/** An object's text values; what is not text is kept as JSON. Anything else holds no parameters. */
function parseJson(json: string): WebhookBody['params'] {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw new AppError('invalid_request', 'The body is not JSON.')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return Object.fromEntries(
    Object.entries(value).map(([name, given]) => [
      name,
      typeof given === 'string' ? given : JSON.stringify(given),
    ]),
  )
}
