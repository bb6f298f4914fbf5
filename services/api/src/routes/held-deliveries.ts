import { messageEndpoints } from '@partyline/contracts/api/messages'
import { recordAudit } from '@partyline/db/queries/audit'
import { listDeliveries } from '@partyline/db/queries/list-deliveries'
import { countHeld, retryHeld } from '@partyline/db/queries/retry-delivery'
import { countSend } from '@partyline/db/queries/send-caps'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import { actorOf } from '../actor.ts'
import type { Routes } from '../deps.ts'
import { notFound } from '../present.ts'

export const heldDeliveryRoutes: Routes = (http, { db, config, rings }) => {
  http.route({
    ...at(messageEndpoints.retryHeld),
    async handler(request) {
      const { cause, messageId, limit } = request.body
      const userId = callerOf(request).user.id
      const held = { viewerId: userId, cause, messageId }
      if (messageId !== undefined) {
        const seen = await listDeliveries(db, { messageId, viewerId: userId, limit: 1 })
        if (!seen) throw notFound('message')
      }
      const { queued, ...rest } = await db.transaction(async (tx) => {
        const queued = await retryHeld(tx, held, limit)
        const [first] = queued
        if (first) {
          const segments = queued.reduce((sum, delivery) => sum + delivery.segments, 0)
          await countSend(tx, { caps: config.limits, userId }, { ...first, segments })
          const details = { cause, deliveries: queued.length }
          const act = { action: 'delivery.retried', subject: messageId ?? null, details } as const
          await recordAudit(tx, actorOf(request), act)
        }
        return { queued, ...(await countHeld(tx, held)) }
      })
      for (const [lineId, { length }] of Map.groupBy(queued, (delivery) => delivery.lineId)) {
        rings.posted({ lineId, deliveryCount: length })
      }
      return { queued: queued.length, ...rest }
    },
  })
}
