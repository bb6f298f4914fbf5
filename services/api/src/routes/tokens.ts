import { tokenEndpoints } from '@partyline/contracts/api/session'
import { createApiToken, listApiTokens, removeApiToken } from '@partyline/db/queries/api-tokens'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
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
      const { row, token } = await createApiToken(db, { userId, name: request.body.name })
      return reply.code(201).send({ ...toApiToken(row), token })
    },
  })

  http.route({
    ...at(tokenEndpoints.remove),
    async handler(request) {
      const { id } = request.params
      const removed = await removeApiToken(db, { id, userId: callerOf(request).user.id })
      if (!removed) throw notFound('API token')
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
