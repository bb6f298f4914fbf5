import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { AppError } from '@partyline/contracts/errors'
import {
  changeConversation,
  findConversation,
  listConversations,
} from '@partyline/db/queries/conversations'
import { countActiveUsers } from '@partyline/db/queries/users'
import { viewConversations } from '@partyline/db/views/conversation'
import { at } from '@partyline/kit/http'
import { callerOf, requireAdmin } from '../access.ts'
import { actorOf } from '../actor.ts'
import type { Routes } from '../deps.ts'
import { openConversation, startWebConversation } from '../open-conversation.ts'
import { inOrder, notFound, theOne } from '../present.ts'
import { removeConversation } from '../remove.ts'

export const conversationRoutes: Routes = (http, deps) => {
  const { db, config, rings } = deps

  http.route({
    ...at(conversationEndpoints.list),
    async handler(request) {
      const viewerId = callerOf(request).user.id
      const { status, q, cursor, limit = config.limit } = request.query
      const page = await listConversations(db, { viewerId, status, q, cursor, limit })
      const ids = page.rows.map(({ id }) => id)
      return inOrder(page, await viewConversations(db, ids, viewerId))
    },
  })

  http.route({
    ...at(conversationEndpoints.create),
    async handler(request, reply) {
      const { user } = callerOf(request)
      const { body } = request
      const id =
        'userIds' in body
          ? await startWebConversation(deps, user, body)
          : await openConversation(deps, user.id, body)
      rings.changed()
      const views = await viewConversations(db, [id], user.id)
      return reply.code(201).send(theOne(views, id, 'conversation'))
    },
  })

  http.route({
    ...at(conversationEndpoints.get),
    async handler(request) {
      const { id } = request.params
      const views = await viewConversations(db, [id], callerOf(request).user.id)
      return theOne(views, id, 'conversation')
    },
  })
}

export const conversationChangeRoutes: Routes = (http, deps) => {
  const { db, rings } = deps

  http.route({
    ...at(conversationEndpoints.change),
    async handler(request) {
      const { id } = request.params
      const caller = callerOf(request)
      const change = request.body
      const row = await findConversation(db, id, caller.user.id)
      if (!row) throw notFound('conversation')
      if (row.kind === 'group' && change.name !== undefined) {
        requireAdmin(caller, 'Only an administrator may rename a group.')
      }
      if (change.assigneeId && (await countActiveUsers(db, [change.assigneeId])) === 0) {
        throw new AppError('invalid_request', 'This user does not exist or is disabled.')
      }
      await changeConversation(db, row, change)
      rings.changed()
      return theOne(await viewConversations(db, [id], caller.user.id), id, 'conversation')
    },
  })

  http.route({
    ...at(conversationEndpoints.remove),
    async handler(request) {
      const { user } = callerOf(request)
      await removeConversation(deps, request.params.id, user, actorOf(request))
      return {}
    },
  })
}
