import { savedReplyEndpoints } from '@partyline/contracts/api/saved-replies'
import { recordAudit } from '@partyline/db/queries/audit'
import {
  changeSavedReply,
  deleteSavedReply,
  insertSavedReply,
  listSavedReplies,
} from '@partyline/db/queries/saved-replies'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import { actorOf } from '../actor.ts'
import type { Routes } from '../deps.ts'
import { notFound } from '../present.ts'

export const savedReplyRoutes: Routes = (http, { db }) => {
  http.route({
    ...at(savedReplyEndpoints.list),
    async handler() {
      return { items: await listSavedReplies(db) }
    },
  })

  http.route({
    ...at(savedReplyEndpoints.create),
    async handler(request, reply) {
      const { user } = callerOf(request)
      const saved = await insertSavedReply(db, { ...request.body, createdBy: user.id })
      return reply.code(201).send(saved)
    },
  })

  http.route({
    ...at(savedReplyEndpoints.change),
    async handler({ params: { id }, body }) {
      const changed = await changeSavedReply(db, id, body)
      if (!changed) throw notFound('saved reply')
      return changed
    },
  })

  http.route({
    ...at(savedReplyEndpoints.remove),
    async handler(request) {
      const { id } = request.params
      await db.transaction(async (tx) => {
        const name = await deleteSavedReply(tx, id)
        if (name === undefined) throw notFound('saved reply')
        const act = { action: 'saved_reply.deleted', subject: id, details: { name } } as const
        await recordAudit(tx, actorOf(request), act)
      })
      return {}
    },
  })
}
