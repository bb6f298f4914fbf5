import { messageEndpoints } from '@partyline/contracts/api/messages'
import { findConversation } from '@partyline/db/queries/conversations'
import { findPlaceAt, listMessages, listMessagesAround } from '@partyline/db/queries/list-messages'
import { sendMessage } from '@partyline/db/queries/send-message'
import { viewMessages } from '@partyline/db/views/message'
import { crashPoint } from '@partyline/kit/crash-point'
import { at } from '@partyline/kit/http'
import { spanOf } from '@partyline/kit/trace-requests'
import { callerOf } from '../access.ts'
import type { Routes } from '../deps.ts'
import { postLater } from '../post-later.ts'
import { inOrder, notFound, theOne } from '../present.ts'

const idsOf = ({ rows }: { rows: readonly { id: string }[] }) => rows.map(({ id }) => id)

export const messageRoutes: Routes = (http, deps) => {
  const { db, config, log, rings } = deps

  http.route({
    ...at(messageEndpoints.list),
    async handler(request) {
      const { id } = request.params
      const viewerId = callerOf(request).user.id
      const { before, after, around, at: time, cursor, limit = config.limit } = request.query
      const asked = { conversationId: id, limit }
      if (!(await findConversation(db, id, viewerId))) throw notFound('conversation')
      const place = time === undefined ? around : await findPlaceAt(db, { ...asked, at: time })
      if (place !== undefined) {
        const page = await listMessagesAround(db, { ...asked, around: place })
        const views = await viewMessages(db, idsOf(page), viewerId)
        return { ...inOrder(page, views), newerAfter: page.newerAfter, around: place }
      }
      const page = await listMessages(db, { ...asked, before, after, cursor })
      return inOrder(page, await viewMessages(db, idsOf(page), viewerId))
    },
  })

  http.route({
    ...at(messageEndpoints.send),
    async handler(request, reply) {
      const { user } = callerOf(request)
      const { sendAt, undoSeconds, cancelOnReply, templateId, templateVariables, ...text } =
        request.body
      const span = spanOf(request)
      const { traceParent } = span
      const template = templateId && { sid: templateId, variables: templateVariables ?? {} }
      const about = { conversationId: request.params.id, user, traceParent }
      const sending = { ...about, ...text, ...(template && { template }) }
      const later = await postLater(deps, sending, { sendAt, undoSeconds, cancelOnReply })
      if (later !== undefined && 'id' in later) return reply.code(202).send(later)
      const { messageId, posted } = await db.transaction(async (tx) => {
        const sent = await sendMessage(tx, sending, config.limits)
        crashPoint('A1')
        return sent
      })
      crashPoint('A2')
      span.set({ 'partyline.message_id': messageId })
      log.debug({ reqId: request.id, messageId, ...span.forLog }, 'text posted')
      if (posted) rings.posted(posted)
      const views = await viewMessages(db, [messageId], user.id)
      return reply.code(202).send(theOne(views, messageId, 'message'))
    },
  })
}
