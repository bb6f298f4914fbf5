import { memberImportEndpoints } from '@partyline/contracts/api/member-imports'
import { recordAudit } from '@partyline/db/queries/audit'
import { listMemberImports, undoMemberImport } from '@partyline/db/queries/member-imports'
import { viewGroups } from '@partyline/db/views/group'
import { at } from '@partyline/kit/http'
import { spanOf } from '@partyline/kit/trace-requests'
import { callerOf } from '../access.ts'
import { actorOf } from '../actor.ts'
import type { Routes } from '../deps.ts'
import { notFound, theOne } from '../present.ts'

export const memberImportRoutes: Routes = (http, { db, config, rings }) => {
  http.route({
    ...at(memberImportEndpoints.list),
    async handler(request) {
      const { id: groupId } = request.params
      theOne(await viewGroups(db, [groupId]), groupId, 'group')
      const userId = callerOf(request).user.id
      const imports = await listMemberImports(db, { groupId, userId })
      return {
        items: imports.map((each) => ({ ...each, createdAt: each.createdAt.toISOString() })),
      }
    },
  })

  http.route({
    ...at(memberImportEndpoints.undo),
    async handler(request) {
      const { id: groupId, importId } = request.params
      const by = actorOf(request)
      const sender = { limits: config.limits, traceParent: spanOf(request).traceParent }
      const { counts, announced } = await db.transaction(async (tx) => {
        const given = { id: importId, groupId, userId: by.userId }
        const undone = await undoMemberImport(tx, given, sender)
        if (!undone) throw notFound('list of yours to undo')
        const { left, announced, ...rest } = undone
        const counts = { left: left.length, ...rest }
        const removals = left.map(({ id, name }) => ({
          action: 'member.removed' as const,
          subject: id,
          details: { groupId, name },
        }))
        const details = { groupId, ...counts }
        await recordAudit(tx, by, ...removals, {
          action: 'contacts.import_undone',
          subject: importId,
          details,
        })
        return { counts, announced }
      })
      rings.changed()
      for (const posted of announced) rings.posted(posted)
      return counts
    },
  })
}
