import { groupEndpoints } from '@partyline/contracts/api/groups'
import { maxAnnouncedEach } from '@partyline/contracts/api/bulk-people'
import { AppError } from '@partyline/contracts/errors'
import { recordAudit } from '@partyline/db/queries/audit'
import { listComings, listGroupDays, listTexters } from '@partyline/db/queries/group-activity'
import { removeMembers } from '@partyline/db/queries/import-members'
import { viewGroups } from '@partyline/db/views/group'
import { at } from '@partyline/kit/http'
import { spanOf } from '@partyline/kit/trace-requests'
import { actorOf } from '../actor.ts'
import type { Routes } from '../deps.ts'
import { importIntoGroup } from '../import-members.ts'
import { theOne } from '../present.ts'

/** Kept for one request: 2,000 rows of a spreadsheet. */
const maxListBytes = 1_000_000

export const groupListRoutes: Routes = (http, deps) => {
  const { db, config, rings } = deps

  http.route({
    ...at(groupEndpoints.importMembers),
    bodyLimit: maxListBytes,
    async handler(request) {
      const given = { groupId: request.params.id, ...request.body }
      return importIntoGroup(deps, given, actorOf(request), spanOf(request))
    },
  })

  http.route({
    ...at(groupEndpoints.removeMembers),
    bodyLimit: maxListBytes,
    async handler(request) {
      const { memberIds, announce } = request.body
      const groupId = request.params.id
      if (announce === 'each' && memberIds.length > maxAnnouncedEach) {
        throw new AppError(
          'invalid_request',
          `More than ${maxAnnouncedEach} people are announced in one text: choose “summary” or “none”.`,
        )
      }
      const { removed, announced } = await db.transaction(async (tx) => {
        const sender = { limits: config.limits, traceParent: spanOf(request).traceParent }
        const gone = await removeMembers(tx, { groupId, memberIds, announce }, sender)
        const acts = gone.removed.map(({ id, name }) => ({
          action: 'member.removed' as const,
          subject: id,
          details: { groupId, name },
        }))
        await recordAudit(tx, actorOf(request), ...acts)
        return gone
      })
      rings.changed()
      for (const posted of announced) rings.posted(posted)
      return { removed: removed.map(({ id }) => id) }
    },
  })

  http.route({
    ...at(groupEndpoints.activity),
    async handler({ params: { id }, query: { timeZone = 'UTC' } }) {
      theOne(await viewGroups(db, [id]), id, 'group')
      const [days, members, changes] = await Promise.all([
        listGroupDays(db, id, timeZone),
        listTexters(db, id, mostShown),
        listComings(db, id, mostShown),
      ])
      return { days: [...days], members: [...members], changes: [...changes] }
    },
  })
}

const mostShown = 30
