import { z } from 'zod'
import { byId, type Endpoint, time } from '../http.ts'

const contactImport = z.object({
  id: z.uuid(),
  createdAt: time,
  /** Of the contacts that it made, those that are as it made them: nobody texted, renamed, or added them anywhere. */
  untouched: z.int(),
  /** Of the contacts that it renamed, those that still have the name it gave. */
  renamed: z.int(),
})

export const contactImportEndpoints = {
  list: {
    method: 'GET',
    path: '/api/contact-imports',
    summary: 'Your latest lists of contacts of which something can be undone, newest first',
    access: 'user',
    reply: z.object({ items: z.array(contactImport) }),
  },
  undo: {
    method: 'POST',
    path: '/api/contact-imports/:id/undo',
    summary:
      'Delete the contacts that a list made, but for those that somebody has used since, and give those it renamed their names back',
    access: 'user',
    params: byId,
    reply: z.object({ removed: z.int(), renamedBack: z.int() }),
  },
} as const satisfies Record<string, Endpoint>
