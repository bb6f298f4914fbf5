import { threadEndpoints } from '@partyline/contracts/api/thread'
import { recordAudit } from '@partyline/db/queries/audit'
import { countRetryable, retryFailed } from '@partyline/db/queries/retry-failed'
import { countSend } from '@partyline/db/queries/send-caps'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import { actorOf } from '../actor.ts'
import type { Routes } from '../deps.ts'
import { mustSeeMessage } from '../must-see-message.ts'

export const retryFailedRoutes: Routes = (http, { db, config, rings }) => {
  http.route({
    ...at(threadEndpoints.retryable),
    async handler(request) {
      const messageId = request.params.id
      await mustSeeMessage(db, messageId, callerOf(request).user.id)
      return countRetryable(db, messageId)
    },
  })

  http.route({
    ...at(threadEndpoints.retryFailed),
    async handler(request) {
      const messageId = request.params.id
      const userId = callerOf(request).user.id
      await mustSeeMessage(db, messageId, userId)
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
      const { late, withdrawn } = await countRetryable(db, messageId)
      return { queued: queued.length, late, withdrawn }
    },
  })
}
