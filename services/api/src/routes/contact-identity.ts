import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { channelOf } from '@partyline/contracts/channels'
import { recordAudit } from '@partyline/db/queries/audit'
import { contactIsVisible, linkAddress, recordContactChanged } from '@partyline/db/queries/contacts'
import { mergeContacts, undoMerge } from '@partyline/db/queries/merge-contacts'
import { contactNameForAudit } from '@partyline/db/queries/name-for-audit'
import { partAddress } from '@partyline/db/queries/part-address'
import { viewContacts } from '@partyline/db/views/contact'
import { viewContactDetails } from '@partyline/db/views/contact-details'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import { actorOf } from '../actor.ts'
import type { Routes } from '../deps.ts'
import { readRecipient, refuseOwnLine } from '../phones.ts'
import { notFound, theOne } from '../present.ts'

export const contactIdentityRoutes: Routes = (http, { db, config, rings }) => {
  http.route({
    ...at(contactEndpoints.details),
    async handler(request) {
      const viewerId = callerOf(request).user.id
      const details = await viewContactDetails(db, { contactId: request.params.id, viewerId })
      if (!details) throw notFound('contact')
      return details
    },
  })

  http.route({
    ...at(contactEndpoints.addAddress),
    async handler(request) {
      const { id } = request.params
      const viewerId = callerOf(request).user.id
      if (!(await contactIsVisible(db, id, viewerId))) throw notFound('contact')
      const address = readRecipient(request.body.phone, config)
      await refuseOwnLine(db, address)
      await db.transaction(async (tx) => {
        await linkAddress(tx, { contactId: id, address, channel: channelOf(address) })
        await recordContactChanged(tx, id)
      })
      rings.changed()
      return theOne(await viewContacts(db, [id], viewerId), id, 'contact')
    },
  })

  http.route({
    ...at(contactEndpoints.removeAddress),
    async handler(request) {
      const { id } = request.params
      const userId = callerOf(request).user.id
      const { address } = request.query
      const { partedId } = await db.transaction((tx) =>
        partAddress(tx, { contactId: id, address, userId }),
      )
      rings.changed()
      const views = await viewContacts(db, [id, ...(partedId ? [partedId] : [])], userId)
      const parted = partedId === undefined ? null : (views.get(partedId) ?? null)
      return { contact: theOne(views, id, 'contact'), parted }
    },
  })
}

/** Two contacts that are one person, and one that is two. */
export const contactMergeRoutes: Routes = (http, { db, rings }) => {
  http.route({
    ...at(contactEndpoints.merge),
    async handler(request) {
      const keptId = request.params.id
      const mergedId = request.body.contactId
      const by = actorOf(request)
      const mergeId = await db.transaction(async (tx) => {
        const name = await contactNameForAudit(tx, mergedId)
        const made = await mergeContacts(tx, { keptId, mergedId, userId: by.userId })
        const details = { mergedId, ...(name !== undefined && { name }) }
        await recordAudit(tx, by, { action: 'contact.merged', subject: keptId, details })
        return made
      })
      rings.changed()
      const views = await viewContacts(db, [keptId], by.userId)
      return { mergeId, contact: theOne(views, keptId, 'contact') }
    },
  })

  http.route({
    ...at(contactEndpoints.undoMerge),
    async handler(request) {
      const by = actorOf(request)
      const { keptId, partedId } = await db.transaction(async (tx) => {
        const undone = await undoMerge(tx, { mergeId: request.params.id, userId: by.userId })
        const details = { partedId: undone.partedId }
        await recordAudit(tx, by, { action: 'contact.parted', subject: undone.keptId, details })
        return undone
      })
      rings.changed()
      const views = await viewContacts(db, [keptId, partedId], by.userId)
      return {
        contact: theOne(views, keptId, 'contact'),
        parted: theOne(views, partedId, 'contact'),
      }
    },
  })
}
