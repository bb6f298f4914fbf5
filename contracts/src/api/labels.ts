import { z } from 'zod'
import { byId, type Endpoint, nothing } from '../http.ts'
import { labelColors } from '../label-colors.ts'

const color = z.enum(labelColors)

export const label = z.object({ id: z.uuid(), name: z.string(), color })
export type Label = z.infer<typeof label>

/** So many that nobody finds one any more. */
export const maxLabels = 200

/** How far their conversations are counted. */
export const maxLabelUses = 1000

const name = z.string().trim().min(1).max(40)

export const labelEndpoints = {
  list: {
    method: 'GET',
    path: '/api/labels',
    summary: 'All labels, by name',
    access: 'user',
    reply: z.object({ items: z.array(label) }),
  },
  uses: {
    method: 'GET',
    path: '/api/labels/uses',
    summary: 'How many conversations that you may see carry each label, counted up to 1000',
    access: 'user',
    reply: z.object({
      items: z.array(
        z.object({ labelId: z.uuid(), conversations: z.int().min(0).max(maxLabelUses) }),
      ),
    }),
  },
  create: {
    method: 'POST',
    path: '/api/labels',
    summary: 'Make a label. Its name is taken whatever the case',
    access: 'user',
    body: z.strictObject({ name, color }),
    reply: label,
  },
  change: {
    method: 'PATCH',
    path: '/api/labels/:id',
    summary: 'Rename or recolour a label',
    access: 'user',
    params: byId,
    body: z.strictObject({ name: name.optional(), color: color.optional() }),
    reply: label,
  },
  remove: {
    method: 'DELETE',
    path: '/api/labels/:id',
    summary: 'Delete a label, and take it off all conversations',
    access: 'user',
    params: byId,
    reply: nothing,
  },
} as const satisfies Record<string, Endpoint>
