import { deadLetterEndpoints } from '@partyline/contracts/api/dead-letters'
import { listDeadLetters, replayDeadLetter } from '@partyline/db/queries/dead-letters'
import { viewDeadLetter } from '@partyline/db/views/dead-letter'
import { at } from '@partyline/kit/http'
import type { Routes } from '../deps.ts'
import { notFound } from '../present.ts'

export const deadLetterRoutes: Routes = (http, { db, config, rings }) => {
  http.route({
    ...at(deadLetterEndpoints.list),
    async handler({ query: { cursor, limit = config.limit } }) {
      const { rows, nextCursor } = await listDeadLetters(db, { cursor, limit })
      return { items: rows.map(viewDeadLetter), nextCursor }
    },
  })

  http.route({
    ...at(deadLetterEndpoints.replay),
    async handler({ params: { sid } }) {
      if (!(await replayDeadLetter(db, sid))) throw notFound('dead letter')
      rings.changed()
      return {}
    },
  })
}
