import { messageEndpoints } from '@partyline/contracts/api/messages'
import { AppError } from '@partyline/contracts/errors'
import { findConversation } from '@partyline/db/queries/conversations'
import { deleteScheduled, listScheduled } from '@partyline/db/queries/scheduled'
import { viewScheduled } from '@partyline/db/views/scheduled'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import type { Routes } from '../deps.ts'
import { notFound } from '../present.ts'

export const scheduledRoutes: Routes = (http, { db }) => {
  http.route({
    ...at(messageEndpoints.scheduled),
    async handler(request) {
      const conversationId = request.params.id
      const viewerId = callerOf(request).user.id
      if (!(await findConversation(db, conversationId, viewerId))) throw notFound('conversation')
      const rows = await listScheduled(db, { conversationId, viewerId })
      return { items: rows.map(({ row, senderName }) => viewScheduled(row, senderName)) }
    },
  })

  http.route({
    ...at(messageEndpoints.cancelScheduled),
    async handler(request) {
      const viewerId = callerOf(request).user.id
      if (!(await deleteScheduled(db, { id: request.params.id, viewerId }))) {
        throw notFound('scheduled message')
      }
      return {}
    },
  })
}

const yearMs = 366 * 24 * 60 * 60 * 1_000

/** A time that a text can wait for. */
export function readSendAt(sendAt: string, now = Date.now()): Date {
  const at = new Date(sendAt)
  if (at.getTime() <= now || at.getTime() > now + yearMs) {
    throw new AppError('invalid_request', 'sendAt must be later than now and within a year.')
  }
  return at
}
