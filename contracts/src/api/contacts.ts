import { z } from 'zod'
import { channel } from '../channels.ts'
import { byId, type Endpoint, nothing, page, pageOf, time } from '../http.ts'
import { contactVerdict, people } from './bulk-people.ts'
import { conversation } from './conversations.ts'

export const contact = z.object({
  id: z.uuid(),
  /** Null until somebody names them; show `displayAddress` of the first address then. */
  name: z.string().nullable(),
  addresses: z.array(z.object({ address: z.string(), displayAddress: z.string(), channel })),
  ownerId: z.uuid().nullable(),
  /** The contact's most recent conversation that the caller may see. */
  conversationId: z.uuid().nullable(),
  createdAt: time,
})
export type Contact = z.infer<typeof contact>

/** One contact with everything around them that the caller may see. */
const contactDetails = z.object({
  contact,
  /** Newest first. */
  conversations: z.array(conversation),
  groups: z.array(
    z.object({
      groupId: z.uuid(),
      memberId: z.uuid(),
      name: z.string(),
      memberName: z.string(),
      address: z.string().nullable(),
      displayAddress: z.string().nullable(),
      joinedAt: time,
    }),
  ),
  /** Every time they left a line, newest first. */
  optOuts: z.array(
    z.object({
      id: z.uuid(),
      line: z.object({ id: z.uuid(), name: z.string() }),
      address: z.string(),
      displayAddress: z.string(),
      /** `keyword`: they texted STOP. `twilio`: Twilio refused to text them. */
      source: z.enum(['keyword', 'twilio']),
      since: time,
      /** When they came back; null: they have not. */
      endedAt: time.nullable(),
    }),
  ),
  unreachable: z.array(z.object({ address: z.string(), since: time, reason: z.string() })),
  /** Where they texted from last. */
  origin: z
    .object({ city: z.string(), state: z.string(), country: z.string(), at: time })
    .nullable(),
  /** Others of the same name, who may be the same person. */
  sameName: z.array(contact),
  /** Whom this contact took in, newest first. */
  merges: z.array(
    z.object({
      id: z.uuid(),
      name: z.string().nullable(),
      addresses: z.array(z.string()),
      by: z.string().nullable(),
      at: time,
      undoneAt: time.nullable(),
    }),
  ),
})
export type ContactDetails = z.infer<typeof contactDetails>

const contactSorts = ['name', 'newest'] as const
const contactFilters = ['opted_out', 'unreachable', 'unnamed'] as const
export type ContactSort = (typeof contactSorts)[number]
export type ContactFilter = (typeof contactFilters)[number]

const name = z.string().trim().min(1).max(100)
const phone = z.string().trim().min(1).max(100)

export const contactEndpoints = {
  list: {
    method: 'GET',
    path: '/api/contacts',
    summary: 'Contacts by name; `q` finds part of a name or number',
    access: 'user',
    query: page.extend({
      q: z.string().max(100).optional(),
      sort: z.enum(contactSorts).optional(),
      filter: z.enum(contactFilters).optional(),
    }),
    reply: pageOf(contact),
  },
  create: {
    method: 'POST',
    path: '/api/contacts',
    summary:
      'Add a contact and open their conversation on a line. `private`: only you see that conversation',
    access: 'user',
    body: z.strictObject({
      name,
      phone,
      lineId: z.uuid().optional(),
      private: z.boolean().optional(),
    }),
    reply: contact,
  },
  get: {
    method: 'GET',
    path: '/api/contacts/:id',
    summary: 'One contact',
    access: 'user',
    params: byId,
    reply: contact,
  },
  details: {
    method: 'GET',
    path: '/api/contacts/:id/details',
    summary: 'A contact with conversations, groups, opt-outs, and whom they were merged with',
    access: 'user',
    params: byId,
    reply: contactDetails,
  },
  import: {
    method: 'POST',
    path: '/api/contacts/import',
    summary:
      'Add or rename many contacts by number; each row gets its verdict. Safe to repeat. `preview`: only say what would happen',
    access: 'user',
    body: z.strictObject({
      contacts: people,
      preview: z.boolean().default(false),
      /** Made by who brings the list, the same for all its parts: with it the list can be undone. */
      importId: z.uuid().optional(),
      /** Only who has no name yet gets the one in the list. */
      keepNames: z.boolean().default(false),
    }),
    reply: z.object({ created: z.int(), renamed: z.int(), rows: z.array(contactVerdict) }),
  },
  addAddress: {
    method: 'POST',
    path: '/api/contacts/:id/addresses',
    summary: 'Give a contact one more number or address',
    access: 'user',
    params: byId,
    body: z.strictObject({ phone }),
    reply: contact,
  },
  removeAddress: {
    method: 'DELETE',
    path: '/api/contacts/:id/addresses',
    summary:
      'Take an address from a contact. With conversations or groups, it becomes a contact of its own that keeps them',
    access: 'user',
    params: byId,
    query: z.object({ address: z.string().min(1).max(100) }),
    reply: z.object({ contact, parted: contact.nullable() }),
  },
  merge: {
    method: 'POST',
    path: '/api/contacts/:id/merge',
    summary: 'Make another contact and this one a single person. Can be undone',
    access: 'user',
    params: byId,
    body: z.strictObject({ contactId: z.uuid() }),
    reply: z.object({ mergeId: z.uuid(), contact }),
  },
  undoMerge: {
    method: 'POST',
    path: '/api/contact-merges/:id/undo',
    summary: 'Part two contacts again that were merged',
    access: 'user',
    params: byId,
    reply: z.object({ contact, parted: contact }),
  },
  change: {
    method: 'PATCH',
    path: '/api/contacts/:id',
    summary: 'Rename a contact or change their phone number',
    access: 'user',
    params: byId,
    body: z.strictObject({ name: name.optional(), phone: phone.optional() }),
    reply: contact,
  },
  remove: {
    method: 'DELETE',
    path: '/api/contacts/:id',
    summary: 'Delete a contact with their direct conversations and group memberships',
    access: 'user',
    params: byId,
    reply: nothing,
  },
} as const satisfies Record<string, Endpoint>
