import { z } from 'zod'
import { byId, type Endpoint, time } from '../http.ts'

const memberImport = z.object({
  id: z.uuid(),
  createdAt: time,
  /** Of the members that it brought, those who are as it brought them: no text to or from them in the group but announcements, no change. */
  members: z.int(),
  /** The others who are there still, and stay. */
  staying: z.int(),
  /** Of the contacts that it made, those that nobody has used otherwise. */
  contacts: z.int(),
  /** Of the contacts that had no name, those that still have the name it gave. */
  renamed: z.int(),
})
export type MemberImport = z.infer<typeof memberImport>

export const memberImportEndpoints = {
  list: {
    method: 'GET',
    path: '/api/groups/:id/imports',
    summary: 'Your latest lists of members of this group of which something can be undone',
    access: 'user',
    params: byId,
    reply: z.object({ items: z.array(memberImport) }),
  },
  undo: {
    method: 'POST',
    path: '/api/groups/:id/imports/:importId/undo',
    summary:
      'Take out the members that a list brought, but for those who have texted the group since, got a text of it or were changed, and delete the contacts that it made for them. Announcements do not count as texts. Announced if the list was',
    access: 'user',
    params: byId.extend({ importId: z.uuid() }),
    reply: z.object({
      left: z.int(),
      stayed: z.int(),
      removed: z.int(),
      renamedBack: z.int(),
    }),
  },
} as const satisfies Record<string, Endpoint>
