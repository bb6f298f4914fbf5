import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { changePhone } from '@partyline/db/queries/change-phone'
import { contactIsVisible, renameContact } from '@partyline/db/queries/contacts'
import { listContacts } from '@partyline/db/queries/list-contacts'
import { viewContacts } from '@partyline/db/views/contact'
import { at } from '@partyline/kit/http'
import { spanOf } from '@partyline/kit/trace-requests'
import { callerOf } from '../access.ts'
import { actorOf } from '../actor.ts'
import { createContact } from '../create-contact.ts'
import type { Routes } from '../deps.ts'
import { readRecipient, refuseOwnLine } from '../phones.ts'
import { inOrder, notFound, theOne } from '../present.ts'
import { removeContact } from '../remove.ts'

export const contactRoutes: Routes = (http, deps) => {
  const { db, config, rings } = deps

  http.route({
    ...at(contactEndpoints.list),
    async handler(request) {
      const viewerId = callerOf(request).user.id
      const { limit = config.limit, ...asked } = request.query
      const page = await listContacts(db, { viewerId, limit, ...asked })
      const ids = page.rows.map(({ id }) => id)
      return inOrder(page, await viewContacts(db, ids, viewerId))
    },
  })

  http.route({
    ...at(contactEndpoints.create),
    async handler(request, reply) {
      const userId = callerOf(request).user.id
      const id = await createContact(deps, userId, request.body)
      rings.changed()
      return reply.code(201).send(theOne(await viewContacts(db, [id], userId), id, 'contact'))
    },
  })

  http.route({
    ...at(contactEndpoints.get),
    async handler(request) {
      const { id } = request.params
      const views = await viewContacts(db, [id], callerOf(request).user.id)
      return theOne(views, id, 'contact')
    },
  })

  http.route({
    ...at(contactEndpoints.change),
    async handler(request) {
      const { id } = request.params
      const { name, phone } = request.body
      const viewerId = callerOf(request).user.id
      if (!(await contactIsVisible(db, id, viewerId))) throw notFound('contact')
      const address = phone === undefined ? undefined : readRecipient(phone, config)
      if (address !== undefined) await refuseOwnLine(db, address)
      await db.transaction(async (tx) => {
        // The address first, as a text coming in locks them in this order.
        if (address !== undefined) await changePhone(tx, id, address)
        if (name !== undefined) await renameContact(tx, id, name)
      })
      rings.changed()
      return theOne(await viewContacts(db, [id], viewerId), id, 'contact')
    },
  })

  http.route({
    ...at(contactEndpoints.remove),
    async handler(request) {
      await removeContact(deps, request.params.id, actorOf(request), spanOf(request))
      return {}
    },
  })
}
