import { feedEndpoints } from '@partyline/contracts/feed'
import { readFeed } from '@partyline/db/queries/read-feed'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import type { Routes } from '../deps.ts'

const eventsPerPage = 100

export const feedRoutes: Routes = (http, { db }) => {
  http.route({
    ...at(feedEndpoints.list),
    async handler(request) {
      const { after, limit = eventsPerPage } = request.query
      return readFeed(db, { after, limit, userId: callerOf(request).user.id })
    },
  })
}
