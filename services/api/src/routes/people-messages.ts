import { messageEndpoints } from '@partyline/contracts/api/messages'
import { noteEndpoints } from '@partyline/contracts/api/notes'
import { recordAudit } from '@partyline/db/queries/audit'
import { listNotes } from '@partyline/db/queries/contact-details'
import { findConversation } from '@partyline/db/queries/conversations'
import { passOn } from '@partyline/db/queries/pass-on'
import { viewMessages } from '@partyline/db/views/message'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import { actorOf } from '../actor.ts'
import type { Routes } from '../deps.ts'
import { notFound, theOne } from '../present.ts'

/** What the details of a thread show of its messages, and what was kept from a group. */
export const peopleMessageRoutes: Routes = (http, { db, config, rings }) => {
  http.route({
    ...at(noteEndpoints.list),
    async handler(request) {
      const viewerId = callerOf(request).user.id
      const row = await findConversation(db, request.params.id, viewerId)
      if (!row) throw notFound('conversation')
      const { limit = config.limit } = request.query
      const { id: conversationId, contactId } = row
      const ids = await listNotes(db, { conversationId, contactId, viewerId, limit })
      const views = await viewMessages(db, ids, viewerId)
      return { items: ids.flatMap((id) => views.get(id) ?? []) }
    },
  })

  http.route({
    ...at(messageEndpoints.passOn),
    async handler(request) {
      const messageId = request.params.id
      const by = actorOf(request)
      const posted = await db.transaction(async (tx) => {
        const passed = await passOn(tx, { messageId, userId: by.userId, limits: config.limits })
        await recordAudit(tx, by, { action: 'message.passed_on', subject: messageId })
        return passed
      })
      rings.posted(posted)
      return theOne(await viewMessages(db, [messageId], by.userId), messageId, 'message')
    },
  })
}
