import { needyDeliveryEndpoints } from '@partyline/contracts/api/needy-deliveries'
import { listNeedyDeliveries, viewNeedyDeliveries } from '@partyline/db/queries/needy-deliveries'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import type { Routes } from '../deps.ts'
import { inOrder } from '../present.ts'

export const needyDeliveryRoutes: Routes = (http, { db, config }) => {
  http.route({
    ...at(needyDeliveryEndpoints.list),
    async handler(request) {
      const viewerId = callerOf(request).user.id
      const { limit = config.limit, ...asked } = request.query
      const page = await listNeedyDeliveries(db, { ...asked, viewerId, limit })
      const ids = page.rows.map(({ id }) => id)
      return inOrder(page, await viewNeedyDeliveries(db, ids, viewerId))
    },
  })
}
