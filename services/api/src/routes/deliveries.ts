import { messageEndpoints } from '@partyline/contracts/api/messages'
import { AppError } from '@partyline/contracts/errors'
import { listDeliveries } from '@partyline/db/queries/list-deliveries'
import { refuseLate } from '@partyline/db/queries/refuse-late'
import { retryDelivery } from '@partyline/db/queries/retry-delivery'
import { recordAudit } from '@partyline/db/queries/audit'
import { countSend } from '@partyline/db/queries/send-caps'
import { viewDeliveries } from '@partyline/db/views/delivery'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import { actorOf } from '../actor.ts'
import type { Routes } from '../deps.ts'
import { inOrder, notFound, theOne } from '../present.ts'

export const deliveryRoutes: Routes = (http, { db, config, rings }) => {
  http.route({
    ...at(messageEndpoints.deliveries),
    async handler(request) {
      const viewerId = callerOf(request).user.id
      const { filter, cursor, limit = config.limit } = request.query
      const messageId = request.params.id
      const page = await listDeliveries(db, { messageId, viewerId, filter, cursor, limit })
      if (!page) throw notFound('message')
      const ids = page.rows.map(({ id }) => id)
      return inOrder(page, await viewDeliveries(db, ids))
    },
  })

  http.route({
    ...at(messageEndpoints.retry),
    async handler(request) {
      const { id } = request.params
      const userId = callerOf(request).user.id
      const lineId = await db.transaction(async (tx) => {
        const result = await retryDelivery(tx, { id, viewerId: userId })
        if (result.outcome === 'missing') throw notFound('delivery')
        if (result.outcome === 'not_retryable') {
          throw new AppError(
            'cannot_retry',
            'This text is on its way or has arrived. Only one that failed can be sent again.',
          )
        }
        await refuseLate(tx, id)
        await countSend(tx, { caps: config.limits, userId }, result)
        await recordAudit(tx, actorOf(request), { action: 'delivery.retried', subject: id })
        return result.lineId
      })
      rings.posted({ lineId, deliveryCount: 1 })
      return theOne(await viewDeliveries(db, [id]), id, 'delivery')
    },
  })
}
