import { z } from 'zod'
import { channel } from '../channels.ts'
import { byId, type Endpoint, page, pageOf, time } from '../http.ts'

export const lineModes = ['group', 'inbox'] as const

export const line = z.object({
  id: z.uuid(),
  /** E.164, `whatsapp:+…`, `messenger:…`, or a Messaging Service's `MG…`. */
  address: z.string(),
  displayAddress: z.string(),
  channel,
  name: z.string(),
  mode: z.enum(lineModes),
  /** Sent as an ordinary text to whoever texts in; null for none. */
  autoReply: z.string().nullable(),
  createdAt: time,
})
export type Line = z.infer<typeof line>

const name = z.string().trim().min(1).max(100)
const autoReply = z.string().trim().min(1).max(1600).nullable()

export const lineEndpoints = {
  list: {
    method: 'GET',
    path: '/api/lines',
    summary: 'All lines, by name',
    access: 'user',
    query: page,
    reply: pageOf(line),
  },
  create: {
    method: 'POST',
    path: '/api/lines',
    summary: 'Add a line. A group line answers "Message received." unless told otherwise',
    access: 'admin',
    body: z.strictObject({
      address: z.string().trim().min(1).max(100),
      channel: channel.optional(),
      name,
      mode: z.enum(lineModes).default('inbox'),
      autoReply: autoReply.optional(),
    }),
    reply: line,
  },
  change: {
    method: 'PATCH',
    path: '/api/lines/:id',
    summary: 'Change the name, mode or auto-reply of a line',
    access: 'admin',
    params: byId,
    body: z.strictObject({
      name: name.optional(),
      mode: z.enum(lineModes).optional(),
      autoReply: autoReply.optional(),
    }),
    reply: line,
  },
} as const satisfies Record<string, Endpoint>
