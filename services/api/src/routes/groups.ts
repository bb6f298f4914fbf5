import { groupEndpoints } from '@partyline/contracts/api/groups'
import { recordAudit } from '@partyline/db/queries/audit'
import { addMember, removeMember } from '@partyline/db/queries/group-members'
import { createGroup, listGroups } from '@partyline/db/queries/groups'
import { countMembers, listMembers } from '@partyline/db/queries/list-members'
import { findLine } from '@partyline/db/queries/lines'
import { viewGroups } from '@partyline/db/views/group'
import { viewMembers } from '@partyline/db/views/member'
import { at } from '@partyline/kit/http'
import { spanOf } from '@partyline/kit/trace-requests'
import { callerOf } from '../access.ts'
import { actorOf } from '../actor.ts'
import { addNewLine } from '../add-line.ts'
import { changeGroupBy } from '../change-group.ts'
import type { Routes } from '../deps.ts'
import { forChannel, readLineAddress, readRecipient, refuseOwnLine } from '../phones.ts'
import { inOrder, notFound, theOne } from '../present.ts'

export const groupRoutes: Routes = (http, { db, config, rings }) => {
  http.route({
    ...at(groupEndpoints.list),
    async handler({ query: { cursor, limit = config.limit } }) {
      const page = await listGroups(db, { cursor, limit })
      const ids = page.rows.map(({ id }) => id)
      return inOrder(page, await viewGroups(db, ids))
    },
  })

  http.route({
    ...at(groupEndpoints.create),
    async handler(request, reply) {
      const id = await db.transaction(async (tx) => {
        const { name, adminName, address } = request.body
        const by = actorOf(request)
        const lineId =
          request.body.lineId ??
          (await addNewLine(tx, by, {
            ...{ name, mode: 'group' },
            address: readLineAddress({ address: address ?? '' }, config.defaultCountry),
          }))
        const made = await createGroup(tx, { name, adminName, lineId })
        await recordAudit(tx, by, { action: 'group.created', subject: made })
        return made
      })
      rings.changed()
      return reply.code(201).send(theOne(await viewGroups(db, [id]), id, 'group'))
    },
  })

  http.route({
    ...at(groupEndpoints.get),
    async handler({ params: { id } }) {
      return theOne(await viewGroups(db, [id]), id, 'group')
    },
  })

  http.route({
    ...at(groupEndpoints.change),
    async handler(request) {
      const {
        params: { id },
        body,
      } = request
      const by = actorOf(request)
      const changed = await db.transaction((tx) =>
        changeGroupBy(tx, id, body, callerOf(request).user, by),
      )
      if (!changed) throw notFound('group')
      rings.changed()
      return theOne(await viewGroups(db, [id]), id, 'group')
    },
  })
}

export const memberRoutes: Routes = (http, { db, config, rings }) => {
  http.route({
    ...at(groupEndpoints.members),
    async handler({ params, query: { limit = config.limit, ...asked } }) {
      const page = await listMembers(db, { groupId: params.id, limit, ...asked })
      if (!page) throw notFound('group')
      const ids = page.rows.map(({ id }) => id)
      const [views, counts] = await Promise.all([
        viewMembers(db, ids),
        asked.cursor === undefined ? countMembers(db, params.id) : null,
      ])
      return { ...inOrder(page, views), counts }
    },
  })

  http.route({
    ...at(groupEndpoints.addMember),
    async handler(request, reply) {
      const { params, body } = request
      const { name, phone } = body
      const group = theOne(await viewGroups(db, [params.id]), params.id, 'group')
      const line = await findLine(db, group.lineId)
      if (!line) throw notFound('line')
      const address = forChannel(readRecipient(phone, config), line.channel)
      await refuseOwnLine(db, address)
      const by = actorOf(request)
      const { memberId, announced } = await db.transaction(async (tx) => {
        const { traceParent } = spanOf(request)
        const sender = { userId: by.userId, limits: config.limits, traceParent }
        const added = await addMember(tx, { groupId: params.id, name, address }, sender)
        const details = { groupId: params.id }
        await recordAudit(tx, by, { action: 'member.added', subject: added.memberId, details })
        return added
      })
      rings.posted(announced)
      return reply.code(201).send(theOne(await viewMembers(db, [memberId]), memberId, 'member'))
    },
  })

  http.route({
    ...at(groupEndpoints.removeMember),
    async handler(request) {
      const { id, memberId } = request.params
      const removed = await db.transaction(async (tx) => {
        const sender = { limits: config.limits, traceParent: spanOf(request).traceParent }
        const gone = await removeMember(tx, { groupId: id, memberId }, sender)
        if (!gone) throw notFound('member')
        const act = {
          action: 'member.removed',
          subject: memberId,
          details: { groupId: id, name: gone.name },
        } as const
        await recordAudit(tx, actorOf(request), act)
        return gone
      })
      rings.posted(removed.announced)
      return {}
    },
  })
}
