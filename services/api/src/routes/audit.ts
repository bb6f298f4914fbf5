import { auditEndpoints, type AuditEntry } from '@partyline/contracts/api/audit'
import { listAudit } from '@partyline/db/queries/audit'
import { at } from '@partyline/kit/http'
import type { Routes } from '../deps.ts'

export const auditRoutes: Routes = (http, { db, config }) => {
  http.route({
    ...at(auditEndpoints.list),
    async handler({ query: { userId, action, cursor, limit = config.limit } }) {
      const { rows, nextCursor } = await listAudit(db, { userId, action, cursor, limit })
      return { items: rows.map(toEntry), nextCursor }
    },
  })
}

type Row = Awaited<ReturnType<typeof listAudit>>['rows'][number]

function toEntry({ row, userName }: Row): AuditEntry {
  const { id, createdAt, action, userId, subject, ip, details } = row
  const user = userId === null ? null : { id: userId, name: userName ?? '' }
  return { id, at: createdAt.toISOString(), action, user, subject, ip, details }
}
