import { groupEndpoints } from '@partyline/contracts/api/groups'
import { addMember, removeMember } from '@partyline/db/queries/group-members'
import { changeGroup, createGroup, listGroups, listMembers } from '@partyline/db/queries/groups'
import { findLine } from '@partyline/db/queries/lines'
import { viewGroups } from '@partyline/db/views/group'
import { viewMembers } from '@partyline/db/views/member'
import { at } from '@partyline/kit/http'
import type { Routes } from '../deps.ts'
import { forChannel, readAddress, refuseOwnLine } from '../phones.ts'
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
    async handler({ body }, reply) {
      const id = await createGroup(db, body)
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
    async handler({ params: { id }, body }) {
      if (!(await changeGroup(db, id, body))) throw notFound('group')
      rings.changed()
      return theOne(await viewGroups(db, [id]), id, 'group')
    },
  })
}

export const memberRoutes: Routes = (http, { db, config, rings }) => {
  http.route({
    ...at(groupEndpoints.members),
    async handler({ params, query: { cursor, limit = config.limit } }) {
      const page = await listMembers(db, { groupId: params.id, cursor, limit })
      if (!page) throw notFound('group')
      const ids = page.rows.map(({ id }) => id)
      return inOrder(page, await viewMembers(db, ids))
    },
  })

  http.route({
    ...at(groupEndpoints.addMember),
    async handler({ params, body: { name, phone } }, reply) {
      const group = theOne(await viewGroups(db, [params.id]), params.id, 'group')
      const line = await findLine(db, group.lineId)
      if (!line) throw notFound('line')
      const address = forChannel(readAddress(phone, config.defaultCountry), line.channel)
      await refuseOwnLine(db, address)
      const { memberId, announced } = await addMember(db, { groupId: params.id, name, address })
      rings.posted(announced)
      return reply.code(201).send(theOne(await viewMembers(db, [memberId]), memberId, 'member'))
    },
  })

  http.route({
    ...at(groupEndpoints.removeMember),
    async handler({ params: { id, memberId } }) {
      const removed = await removeMember(db, { groupId: id, memberId })
      if (!removed) throw notFound('member')
      rings.posted(removed.announced)
      return {}
    },
  })
}
