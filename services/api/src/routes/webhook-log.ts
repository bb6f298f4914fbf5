import { comparison, webhookLogEndpoints } from '@partyline/contracts/api/webhook-log'
import {
  comparisonKeptSeconds,
  comparisonKey,
  goodWebhooksKey,
  keptRefusals,
  refusedWebhooksKey,
  webhookRefusal,
  webhookRoutes,
} from '@partyline/contracts/webhook-notes'
import { AppError } from '@partyline/contracts/errors'
import { recordAudit } from '@partyline/db/queries/audit'
import { findWatermark } from '@partyline/db/queries/backfill'
import { replayWebhook } from '@partyline/db/queries/replay-webhook'
import { at } from '@partyline/kit/http'
import { reasonOf } from '@partyline/kit/reason'
import { actorOf } from '../actor.ts'
import type { RouteDeps, Routes } from '../deps.ts'
import { notFound } from '../present.ts'
import { adviseOn } from '../webhook-advice.ts'

const noRedis =
  'Redis cannot be reached, so nobody can be asked now. What never came is fetched every minute by itself.'

export const webhookLogRoutes: Routes = (http, deps) => {
  const { db, config, redis, producer } = deps

  http.route({
    ...at(webhookLogEndpoints.get),
    async handler() {
      const [notes, watermark] = await Promise.all([readNotes(deps), findWatermark(db)])
      const { publicUrl } = config
      return {
        known: notes !== undefined,
        routes: Object.entries(webhookRoutes).map(([route, about]) => ({
          ...{ url: publicUrl + route, about },
          lastGoodAt: notes?.good[route] ?? null,
        })),
        refused: (notes?.refused ?? []).map((refusal) => ({
          ...refusal,
          ...adviseOn(refusal, publicUrl),
        })),
        comparedUntil: watermark?.watermark.toISOString() ?? null,
        comparison: notes?.comparison ?? null,
      }
    },
  })

  http.route({
    ...at(webhookLogEndpoints.replay),
    async handler(request) {
      const { messageSid, hours } = request.body
      if (messageSid === undefined) {
        await recordAudit(db, actorOf(request), { action: 'texts.compared', details: { hours } })
        const asked = { askedAt: new Date().toISOString(), looked: 0, recovered: 0, problem: null }
        const told = JSON.stringify({ ...asked, state: 'waiting' })
        try {
          await redis.set(comparisonKey(config.redis.prefix), told, 'EX', comparisonKeptSeconds)
          await producer.enqueue('texts.recover', { hours })
        } catch (cause) {
          throw new AppError('unavailable', noRedis, { cause })
        }
        return { outcome: 'compares' as const }
      }
      const outcome = await db.transaction(async (tx) => {
        const done = await replayWebhook(tx, messageSid)
        if (done === 'missing') throw notFound('text, so fetch what never came')
        const act = { action: 'webhook.replayed', subject: messageSid } as const
        await recordAudit(tx, actorOf(request), act)
        return done
      })
      return { outcome }
    },
  })
}

/** Undefined while Redis is away. */
async function readNotes({ redis, config, log }: RouteDeps) {
  const { prefix } = config.redis
  try {
    const [good, refused, compared] = await Promise.all([
      redis.hgetall(goodWebhooksKey(prefix)),
      redis.lrange(refusedWebhooksKey(prefix), 0, keptRefusals - 1),
      redis.get(comparisonKey(prefix)),
    ])
    return {
      good,
      refused: refused.map((entry) => webhookRefusal.parse(JSON.parse(entry))),
      comparison: compared === null ? null : comparison.parse(JSON.parse(compared)),
    }
  } catch (error) {
    log.warn({ reason: reasonOf(error) }, 'the webhook log cannot be read')
    return undefined
  }
}
