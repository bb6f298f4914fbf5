import { contactImportEndpoints } from '@partyline/contracts/api/contact-imports'
import { recordAudit } from '@partyline/db/queries/audit'
import { listImports, undoImport } from '@partyline/db/queries/contact-imports'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import { actorOf } from '../actor.ts'
import type { Routes } from '../deps.ts'
import { notFound } from '../present.ts'

export const contactImportRoutes: Routes = (http, { db, rings }) => {
  http.route({
    ...at(contactImportEndpoints.list),
    async handler(request) {
      const imports = await listImports(db, callerOf(request).user.id)
      return {
        items: imports.map((each) => ({ ...each, createdAt: each.createdAt.toISOString() })),
      }
    },
  })

  http.route({
    ...at(contactImportEndpoints.undo),
    async handler(request) {
      const { id } = request.params
      const by = actorOf(request)
      const undone = await db.transaction(async (tx) => {
        const details = await undoImport(tx, { id, userId: by.userId })
        if (details === undefined) throw notFound('list of yours to undo')
        await recordAudit(tx, by, { action: 'contacts.import_undone', subject: id, details })
        return details
      })
      rings.changed()
      return undone
    },
  })
}
