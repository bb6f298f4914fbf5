import { messageEndpoints } from '@partyline/contracts/api/messages'
import { AppError } from '@partyline/contracts/errors'
import { findConversation } from '@partyline/db/queries/conversations'
import {
  deleteScheduled,
  listScheduled,
  listScheduledMedia,
  setDueNow,
} from '@partyline/db/queries/scheduled'
import { viewScheduled } from '@partyline/db/views/scheduled'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import type { Routes } from '../deps.ts'
import { notFound } from '../present.ts'

export const scheduledRoutes: Routes = (http, { db, rings }) => {
  http.route({
    ...at(messageEndpoints.scheduled),
    async handler(request) {
      const conversationId = request.params.id
      const viewerId = callerOf(request).user.id
      if (!(await findConversation(db, conversationId, viewerId))) throw notFound('conversation')
      const rows = await listScheduled(db, { conversationId, viewerId })
      const files = await listScheduledMedia(
        db,
        rows.map(({ row }) => row),
      )
      return { items: rows.map(({ row, senderName }) => viewScheduled(row, senderName, files)) }
    },
  })

  http.route({
    ...at(messageEndpoints.cancelScheduled),
    async handler(request) {
      const viewerId = callerOf(request).user.id
      if (!(await deleteScheduled(db, { id: request.params.id, viewerId }))) {
        throw notFound('scheduled message')
      }
      rings.changed()
      return {}
    },
  })

  http.route({
    ...at(messageEndpoints.sendScheduledNow),
    async handler(request) {
      const { id } = request.params
      if (!(await setDueNow(db, { id, viewerId: callerOf(request).user.id }))) {
        throw notFound('scheduled message')
      }
      rings.scheduled({ id, sendAt: new Date() })
      return {}
    },
  })
}

const yearMs = 366 * 24 * 60 * 60 * 1_000

/** A time that a text can wait for. */
export function readSendAt(sendAt: string, now = Date.now()): Date {
  const at = new Date(sendAt)
  if (at.getTime() <= now || at.getTime() > now + yearMs) {
    throw new AppError('invalid_request', 'Choose a time later than now and within a year.')
  }
  return at
}
