import { tokenEndpoints } from '@partyline/contracts/api/session'
import { createApiToken, listApiTokens, removeApiToken } from '@partyline/db/queries/api-tokens'
import { recordAudit } from '@partyline/db/queries/audit'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import { actorOf } from '../actor.ts'
import type { Routes } from '../deps.ts'
import { notFound } from '../present.ts'

export const tokenRoutes: Routes = (http, { db, config }) => {
  http.route({
    ...at(tokenEndpoints.list),
    async handler(request) {
      const { cursor, limit = config.limit } = request.query
      const userId = callerOf(request).user.id
      const { rows, nextCursor } = await listApiTokens(db, { userId, cursor, limit })
      return { items: rows.map(toApiToken), nextCursor }
    },
  })

  http.route({
    ...at(tokenEndpoints.create),
    async handler(request, reply) {
      const userId = callerOf(request).user.id
      const { row, token } = await db.transaction(async (tx) => {
        const made = await createApiToken(tx, { userId, name: request.body.name })
        await recordAudit(tx, actorOf(request), { action: 'token.created', subject: made.row.id })
        return made
      })
      return reply.code(201).send({ ...toApiToken(row), token })
    },
  })

  http.route({
    ...at(tokenEndpoints.remove),
    async handler(request) {
      const { id } = request.params
      await db.transaction(async (tx) => {
        const name = await removeApiToken(tx, { id, userId: callerOf(request).user.id })
        if (name === undefined) throw notFound('API token')
        const act = { action: 'token.revoked', subject: id, details: { name } } as const
        await recordAudit(tx, actorOf(request), act)
      })
      return {}
    },
  })
}

function toApiToken(row: { id: string; name: string; createdAt: Date; lastUsedAt: Date | null }) {
  return {
    id: row.id,
    name: row.name,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }
}
