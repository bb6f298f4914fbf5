import { z } from 'zod'
import { byId, type Endpoint, nothing, page, pageOf, time } from '../http.ts'

export const memberKinds = ['contact', 'guest', 'user'] as const

export const member = z.object({
  id: z.uuid(),
  conversationId: z.uuid(),
  kind: z.enum(memberKinds),
  contactId: z.uuid().nullable(),
  userId: z.uuid().nullable(),
  name: z.string(),
  address: z.string().nullable(),
  displayAddress: z.string().nullable(),
  /** True once this member texted STOP to the group's line: they get nothing until they text START. */
  optedOut: z.boolean(),
  /** The carrier says that no text can arrive there: no such number, or a landline. */
  unreachable: z.boolean(),
  joinedAt: time,
})
export type Member = z.infer<typeof member>

/** A group is a conversation of kind `group`, so `id` and `conversationId` are the same id. */
export const group = z.object({
  id: z.uuid(),
  conversationId: z.uuid(),
  name: z.string(),
  lineId: z.uuid(),
  lineAddress: z.string(),
  /** The name that texts from the dashboard carry on phones: `Admin: lunch is ready`. */
  adminName: z.string(),
  /** Whether "<name> has joined/left the group" is texted. */
  announce: z.boolean(),
  /** Since when members' texts are kept and not passed on; null while they are. */
  pausedAt: time.nullable(),
  memberCount: z.number().int(),
  createdAt: time,
})
export type Group = z.infer<typeof group>

const name = z.string().trim().min(1).max(100)
const memberParams = z.object({ id: z.uuid(), memberId: z.uuid() })

export const groupEndpoints = {
  list: {
    method: 'GET',
    path: '/api/groups',
    summary: 'All groups, by name',
    access: 'user',
    query: page,
    reply: pageOf(group),
  },
  create: {
    method: 'POST',
    path: '/api/groups',
    summary: 'Make a line a group. The line is put in group mode',
    access: 'admin',
    body: z.strictObject({ name, lineId: z.uuid(), adminName: name.optional() }),
    reply: group,
  },
  get: {
    method: 'GET',
    path: '/api/groups/:id',
    summary: 'One group',
    access: 'user',
    params: byId,
    reply: group,
  },
  change: {
    method: 'PATCH',
    path: '/api/groups/:id',
    summary: 'Change the name, the admin name or whether joining and leaving is announced',
    access: 'admin',
    params: byId,
    body: z.strictObject({
      name: name.optional(),
      adminName: name.optional(),
      announce: z.boolean().optional(),
    }),
    reply: group,
  },
  members: {
    method: 'GET',
    path: '/api/groups/:id/members',
    summary: 'Members, in the order they joined',
    access: 'user',
    params: byId,
    query: page,
    reply: pageOf(member),
  },
  addMember: {
    method: 'POST',
    path: '/api/groups/:id/members',
    summary:
      'Add a member by name and phone, in any spelling. Announced to all, the new one included',
    access: 'user',
    params: byId,
    body: z.strictObject({ name, phone: z.string().trim().min(1).max(64) }),
    reply: member,
  },
  removeMember: {
    method: 'DELETE',
    path: '/api/groups/:id/members/:memberId',
    summary: 'Remove a member. Announced to those who remain',
    access: 'user',
    params: memberParams,
    reply: nothing,
  },
} as const satisfies Record<string, Endpoint>
