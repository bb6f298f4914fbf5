import { deadLetterEndpoints } from '@partyline/contracts/api/dead-letters'
import { recordAudit } from '@partyline/db/queries/audit'
import {
  giveUpDeadLetter,
  listDeadLetters,
  replayDeadLetter,
} from '@partyline/db/queries/dead-letters'
import { viewDeadLetter } from '@partyline/db/views/dead-letter'
import { at } from '@partyline/kit/http'
import { actorOf } from '../actor.ts'
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
    async handler(request) {
      const { sid } = request.params
      await db.transaction(async (tx) => {
        if (!(await replayDeadLetter(tx, sid))) throw notFound('dead letter')
        await recordAudit(tx, actorOf(request), { action: 'dead_letter.replayed', subject: sid })
      })
      rings.changed()
      return {}
    },
  })

  http.route({
    ...at(deadLetterEndpoints.remove),
    async handler(request) {
      const { sid } = request.params
      await db.transaction(async (tx) => {
        if (!(await giveUpDeadLetter(tx, sid))) throw notFound('dead letter')
        await recordAudit(tx, actorOf(request), { action: 'dead_letter.given_up', subject: sid })
      })
      rings.changed()
      return {}
    },
  })
}
