import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { recordAudit } from '@partyline/db/queries/audit'
import { changeConversations } from '@partyline/db/queries/change-conversations'
import { findConversation, renameConversation } from '@partyline/db/queries/conversations'
import { countConversations } from '@partyline/db/queries/count-conversations'
import { listConversations } from '@partyline/db/queries/list-conversations'
import { viewConversations } from '@partyline/db/views/conversation'
import { at } from '@partyline/kit/http'
import { callerOf, requireAdmin } from '../access.ts'
import { actorOf } from '../actor.ts'
import type { Routes } from '../deps.ts'
import { openConversation, startWebConversation } from '../open-conversation.ts'
import { inOrder, notFound, theOne } from '../present.ts'
import { readChange } from '../read-change.ts'
import { readFilter } from '../read-filter.ts'
import { removeConversation } from '../remove.ts'

export const conversationRoutes: Routes = (http, deps) => {
  const { db, config, rings } = deps

  http.route({
    ...at(conversationEndpoints.list),
    async handler(request) {
      const viewerId = callerOf(request).user.id
      const { cursor, limit = config.limit, ...asked } = request.query
      const filter = readFilter(asked, viewerId)
      const page = await listConversations(db, { viewerId, filter, cursor, limit })
      const ids = page.rows.map(({ id }) => id)
      return inOrder(page, await viewConversations(db, ids, viewerId))
    },
  })

  http.route({
    ...at(conversationEndpoints.counts),
    handler: (request) => countConversations(db, callerOf(request).user.id),
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
      const { name, ...change } = request.body
      const row = await findConversation(db, id, caller.user.id)
      if (!row) throw notFound('conversation')
      if (row.kind === 'group' && name !== undefined) {
        requireAdmin(caller, 'Only an administrator may rename a group.')
      }
      await db.transaction(async (tx) => {
        await changeConversations(tx, caller.user, [id], readChange(change))
        if (name === undefined) return
        await renameConversation(tx, row, name)
        if (row.kind !== 'group' || row.name === name) return
        const details = { changed: ['name'] }
        await recordAudit(tx, actorOf(request), { action: 'group.changed', subject: id, details })
      })
      rings.changed()
      return theOne(await viewConversations(db, [id], caller.user.id), id, 'conversation')
    },
  })

  http.route({
    ...at(conversationEndpoints.changeMany),
    async handler(request) {
      const { user } = callerOf(request)
      const { ids, ...change } = request.body
      const { changed, seen } = await db.transaction((tx) =>
        changeConversations(tx, user, ids, readChange(change)),
      )
      rings.changed()
      const { message: reason } = notFound('conversation')
      const unseen = [...new Set(ids)].filter((id) => !seen.has(id))
      return { changed: changed.length, refused: unseen.map((id) => ({ id, reason })) }
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
