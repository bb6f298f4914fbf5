import { sessionEndpoints } from '@partyline/contracts/api/session'
import { recordAudit } from '@partyline/db/queries/audit'
import { endSessionsOf, listSessions, revokeSession } from '@partyline/db/queries/sessions'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import { actorOf } from '../actor.ts'
import type { Routes } from '../deps.ts'
import { notFound } from '../present.ts'

export const sessionListRoutes: Routes = (http, { db, config }) => {
  http.route({
    ...at(sessionEndpoints.list),
    async handler(request) {
      const { user, sessionId } = callerOf(request)
      const { cursor, limit = config.limit } = request.query
      const { rows, nextCursor } = await listSessions(db, { userId: user.id, cursor, limit })
      const items = rows.map(({ id, userAgent, createdAt, lastSeenAt }) => ({
        id,
        current: id === sessionId,
        userAgent,
        createdAt: createdAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
      }))
      return { items, nextCursor }
    },
  })

  http.route({
    ...at(sessionEndpoints.revoke),
    async handler(request) {
      const { id } = request.params
      await db.transaction(async (tx) => {
        const revoked = await revokeSession(tx, { id, userId: callerOf(request).user.id })
        if (!revoked) throw notFound('session')
        await recordAudit(tx, actorOf(request), { action: 'session.ended', subject: id })
      })
      return {}
    },
  })

  http.route({
    ...at(sessionEndpoints.revokeOthers),
    async handler(request) {
      const { user, sessionId } = callerOf(request)
      const ended = await db.transaction(async (tx) => {
        const ids = await endSessionsOf(tx, user.id, sessionId)
        const acts = ids.map((subject) => ({ action: 'session.ended', subject }) as const)
        await recordAudit(tx, actorOf(request), ...acts)
        return ids.length
      })
      return { ended }
    },
  })
}
