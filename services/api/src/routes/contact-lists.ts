import { Readable } from 'node:stream'
import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { recordAudit } from '@partyline/db/queries/audit'
import { at } from '@partyline/kit/http'
import { z } from 'zod'
import { callerOf } from '../access.ts'
import { actorOf } from '../actor.ts'
import type { Routes } from '../deps.ts'
import { exportContacts } from '../export-contacts.ts'
import { importContactList } from '../import-contacts.ts'

/** Kept for one request: 2,000 rows of a spreadsheet. */
const maxListBytes = 1_000_000

export const contactListRoutes: Routes = (http, deps) => {
  http.route({
    ...at(contactEndpoints.import),
    bodyLimit: maxListBytes,
    async handler(request) {
      return importContactList(deps, { by: actorOf(request), ...request.body })
    },
  })

  http.route({
    method: 'GET',
    url: '/api/contacts/export',
    config: { access: 'user', needsProof: true },
    schema: {
      summary: 'All contacts that you may see, as a file',
      querystring: z.object({ format: z.enum(['csv', 'json']).default('csv') }),
    },
    async handler(request, reply) {
      const { format } = request.query
      const viewerId = callerOf(request).user.id
      const act = { action: 'contacts.exported', details: { format } } as const
      await recordAudit(deps.db, actorOf(request), act)
      const types = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' }
      return reply
        .header('content-type', types[format])
        .header('content-disposition', `attachment; filename="contacts.${format}"`)
        .send(Readable.from(exportContacts(deps.db, viewerId, format)))
    },
  })
}
