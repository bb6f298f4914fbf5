import { rateOf } from '@partyline/contracts/sender-rate'
import { threadEndpoints } from '@partyline/contracts/api/thread'
import { findWaiting } from '@partyline/db/queries/waiting'
import { viewPassport } from '@partyline/db/views/passport'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import type { Routes } from '../deps.ts'
import { mustSeeMessage } from '../must-see-message.ts'
import { notFound } from '../present.ts'

export const threadRoutes: Routes = (http, { db }) => {
  http.route({
    ...at(threadEndpoints.passport),
    async handler(request) {
      const messageId = request.params.id
      await mustSeeMessage(db, messageId, callerOf(request).user.id)
      const passport = await viewPassport(db, { messageId, deliveryId: request.query.delivery })
      if (!passport) throw notFound('delivery')
      return passport
    },
  })

  http.route({
    ...at(threadEndpoints.waiting),
    async handler(request) {
      const messageId = request.params.id
      await mustSeeMessage(db, messageId, callerOf(request).user.id)
      const found = await findWaiting(db, messageId)
      if (!found) {
        return {
          ...{ waiting: false, stopped: false, paused: false, until: null },
          ...{ segmentsPerSecond: 0, segmentsAhead: 0 },
        }
      }
      const { address, stopped, paused, segmentsAhead, until } = found
      const { segmentsPerSecond } = rateOf(address, found.segmentsPerSecond)
      return {
        ...{ waiting: true, stopped, paused, segmentsAhead, segmentsPerSecond },
        until: until?.toISOString() ?? null,
      }
    },
  })
}
