import { priceEndpoints } from '@partyline/contracts/api/prices'
import { reachEndpoints } from '@partyline/contracts/api/reach'
import { listPrices, wantPrices } from '@partyline/db/queries/prices'
import { findReach } from '@partyline/db/queries/reach'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import type { Routes } from '../deps.ts'
import { notFound } from '../present.ts'

export const reachRoutes: Routes = (http, { db }) => {
  /** Asked for already by this process: wanting one twice does no harm, but costs a write. */
  const wanted = new Set<string>()

  http.route({
    ...at(reachEndpoints.get),
    async handler(request) {
      const viewerId = callerOf(request).user.id
      const reach = await findReach(db, { conversationId: request.params.id, viewerId })
      if (!reach) throw notFound('conversation')
      const unknown = reach.countries.flatMap(({ country }) =>
        country === null || wanted.has(country) ? [] : country,
      )
      await wantPrices(db, unknown)
      for (const country of unknown) wanted.add(country)
      return reach
    },
  })

  http.route({
    ...at(priceEndpoints.list),
    async handler() {
      return { items: await listPrices(db) }
    },
  })
}
