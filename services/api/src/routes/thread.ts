import { rateOf } from '@partyline/contracts/sender-rate'
import { threadEndpoints } from '@partyline/contracts/api/thread'
import { recordAudit } from '@partyline/db/queries/audit'
import { isMessageVisible } from '@partyline/db/queries/list-deliveries'
import { retryFailed } from '@partyline/db/queries/retry-failed'
import { countSend } from '@partyline/db/queries/send-caps'
import { findWaiting } from '@partyline/db/queries/waiting'
import { viewPassport } from '@partyline/db/views/passport'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import { actorOf } from '../actor.ts'
import type { RouteDeps, Routes } from '../deps.ts'
import { notFound } from '../present.ts'

export const threadRoutes: Routes = (http, deps) => {
  const { db, config, rings } = deps

  http.route({
    ...at(threadEndpoints.passport),
    async handler(request) {
      const messageId = request.params.id
      await mustSee(deps, messageId, callerOf(request).user.id)
      const passport = await viewPassport(db, { messageId, deliveryId: request.query.delivery })
      if (!passport) throw notFound('delivery')
      return passport
    },
  })

  http.route({
    ...at(threadEndpoints.waiting),
    async handler(request) {
      const messageId = request.params.id
      await mustSee(deps, messageId, callerOf(request).user.id)
      const found = await findWaiting(db, messageId)
      if (!found) {
        return {
          ...{ waiting: false, stopped: false, until: null },
          ...{ segmentsPerSecond: 0, segmentsAhead: 0 },
        }
      }
      const { address, stopped, segmentsAhead, until } = found
      const { segmentsPerSecond } = rateOf(address, found.segmentsPerSecond)
      return {
        ...{ waiting: true, stopped, segmentsAhead, segmentsPerSecond },
        until: until?.toISOString() ?? null,
      }
    },
  })

  http.route({
    ...at(threadEndpoints.retryFailed),
    async handler(request) {
      const messageId = request.params.id
      const userId = callerOf(request).user.id
      await mustSee(deps, messageId, userId)
      const queued = await db.transaction(async (tx) => {
        const queued = await retryFailed(tx, messageId)
        const [first] = queued
        if (!first) return queued
        const segments = queued.reduce((sum, delivery) => sum + delivery.segments, 0)
        await countSend(tx, { caps: config.limits, userId }, { ...first, segments })
        const details = { deliveries: queued.length }
        const act = { action: 'delivery.retried', subject: messageId, details } as const
        await recordAudit(tx, actorOf(request), act)
        return queued
      })
      const [first] = queued
      if (first) rings.posted({ lineId: first.lineId, deliveryCount: queued.length })
      return { queued: queued.length }
    },
  })
}

async function mustSee({ db }: RouteDeps, messageId: string, viewerId: string): Promise<void> {
  if (!(await isMessageVisible(db, { messageId, viewerId }))) throw notFound('message')
}
