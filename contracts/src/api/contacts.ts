import { z } from 'zod'
import { channel } from '../channels.ts'
import { byId, type Endpoint, nothing, page, pageOf, time } from '../http.ts'

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

const name = z.string().trim().min(1).max(100)
const phone = z.string().trim().min(1).max(100)

export const contactEndpoints = {
  list: {
    method: 'GET',
    path: '/api/contacts',
    summary: 'Contacts by name; `q` finds part of a name or number',
    access: 'user',
    query: page.extend({ q: z.string().max(100).optional() }),
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
