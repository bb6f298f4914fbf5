import { z } from 'zod'
import { byId, type Endpoint, nothing, page, pageOf, time } from '../http.ts'
import { timeZone } from '../time-zone.ts'
import { announcing, maxPeople, memberVerdict, people } from './bulk-people.ts'

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

const memberStates = ['active', 'opted_out', 'unreachable'] as const
export type MemberState = (typeof memberStates)[number]

/** How many members are in each state; who opted out counts as that, reachable or not. */
const memberCounts = z.object({
  active: z.int(),
  optedOut: z.int(),
  unreachable: z.int(),
})
export type MemberCounts = z.infer<typeof memberCounts>

/** What happened in a group, from its index alone. */
const groupActivity = z.object({
  /** The last 30 days, oldest first, in the time zone that was asked for. */
  days: z.array(z.object({ day: z.iso.date(), texts: z.int(), joined: z.int(), left: z.int() })),
  /** Who texted most, first. */
  members: z.array(
    z.object({ contactId: z.uuid(), name: z.string(), texts: z.int(), lastTextAt: time }),
  ),
  /** Who came and went, newest first. */
  changes: z.array(z.object({ at: time, name: z.string(), kind: z.enum(['joined', 'left']) })),
})
export type GroupActivity = z.infer<typeof groupActivity>

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
    summary:
      'Make a group: on a line, which is put in group mode, or on an `address` that becomes a line with it',
    access: 'admin',
    body: z
      .strictObject({
        name,
        lineId: z.uuid().optional(),
        address: z.string().trim().min(1).max(100).optional(),
        adminName: name.optional(),
      })
      .refine(({ lineId, address }) => (lineId === undefined) !== (address === undefined), {
        message: 'Give the group either a lineId or an address.',
      }),
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
    summary:
      'Change the name, the admin name, whether joining and leaving is announced, or pause the group: members’ texts are then kept and passed on to nobody',
    access: 'admin',
    params: byId,
    body: z.strictObject({
      name: name.optional(),
      adminName: name.optional(),
      announce: z.boolean().optional(),
      paused: z.boolean().optional(),
    }),
    reply: group,
  },
  members: {
    method: 'GET',
    path: '/api/groups/:id/members',
    summary: 'Members, in the order they joined. `q` finds part of a name or number',
    access: 'user',
    params: byId,
    query: page.extend({
      q: z.string().max(100).optional(),
      state: z.enum(memberStates).optional(),
    }),
    reply: pageOf(member).extend({
      /** With the first page: of all members, whatever was asked for. */
      counts: memberCounts.nullable(),
    }),
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
  importMembers: {
    method: 'POST',
    path: '/api/groups/:id/members/import',
    summary:
      'Add many members at once; each row gets its verdict. Safe to repeat. `preview`: only say what would happen',
    access: 'user',
    params: byId,
    body: z.strictObject({
      members: people,
      announce: announcing.default('summary'),
      preview: z.boolean().default(false),
      /** Made by who brings the list, the same for all its parts: with it the list can be undone. */
      importId: z.uuid().optional(),
    }),
    reply: z.object({ added: z.int(), rows: z.array(memberVerdict) }),
  },
  removeMembers: {
    method: 'POST',
    path: '/api/groups/:id/members/remove',
    summary: 'Remove several members. Announced to those who remain, in one text',
    access: 'user',
    params: byId,
    body: z.strictObject({
      memberIds: z.array(z.uuid()).min(1).max(maxPeople),
      announce: announcing.default('summary'),
    }),
    /** Those who were there; who had left already is no error. */
    reply: z.object({ removed: z.array(z.uuid()) }),
  },
  activity: {
    method: 'GET',
    path: '/api/groups/:id/activity',
    summary: 'Texts a day, who texts, who came and who went',
    access: 'user',
    params: byId,
    query: z.object({ timeZone: timeZone.optional() }),
    reply: groupActivity,
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
