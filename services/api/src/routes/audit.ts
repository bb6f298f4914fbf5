import { auditEndpoints, type AuditEntry } from '@partyline/contracts/api/audit'
import { listAudit } from '@partyline/db/queries/audit'
import { viewAuditNames } from '@partyline/db/views/audit-names'
import { at } from '@partyline/kit/http'
import { z } from 'zod'
import { callerOf } from '../access.ts'
import type { Routes } from '../deps.ts'

export const auditRoutes: Routes = (http, { db, config }) => {
  http.route({
    ...at(auditEndpoints.list),
    async handler(request) {
      const { userId, action, cursor, limit = config.limit } = request.query
      const { rows, nextCursor } = await listAudit(db, { userId, action, cursor, limit })
      const ids = rows.flatMap(({ row }) => idsIn(row))
      const names = await viewAuditNames(db, [...new Set(ids)], callerOf(request).user.id)
      return { items: rows.map((row) => toEntry(row, names)), nextCursor }
    },
  })
}

type Row = Awaited<ReturnType<typeof listAudit>>['rows'][number]

const isId = (value: unknown): value is string => z.uuid().safeParse(value).success

function idsIn({ subject, details }: Row['row']): string[] {
  return [subject, ...Object.values(details)].filter(isId)
}

/** What this did away with; its `name` in the details is what it was called then. */
const deletedIn = ({ subject, details }: Row['row']) => details['mergedId'] ?? subject

function toEntry({ row, userName }: Row, known: ReadonlyMap<string, string>): AuditEntry {
  const { id, createdAt, action, userId, subject, details } = row
  const user = userId === null ? null : { id: userId, name: userName ?? '' }
  const names = Object.fromEntries(
    idsIn(row).flatMap((one) => {
      const name = known.get(one) ?? (one === deletedIn(row) ? row.details['name'] : undefined)
      return typeof name === 'string' ? [[one, name]] : []
    }),
  )
  // A socket that speaks both protocols writes IPv4 the long way.
  const ip = row.ip?.replace(/^::ffff:(?=\d+\.)/i, '') ?? null
  return { id, at: createdAt.toISOString(), action, user, subject, ip, details, names }
}
