import { z } from 'zod'
import { byId, type Endpoint, nothing, time } from '../http.ts'
import { placeholderProblem } from '../reply-placeholders.ts'
import { maxBodyLength } from './new-message.ts'

export const savedReply = z.object({
  id: z.uuid(),
  /** What is typed after `/` to find it. */
  name: z.string(),
  /** May hold `{first name}`, `{name}`, `{my name}` and `{line}`; `{name|there}` says what to do without. */
  body: z.string(),
  updatedAt: time,
})
export type SavedReply = z.infer<typeof savedReply>

const name = z.string().trim().min(1).max(60)
const body = z
  .string()
  .trim()
  .min(1)
  .max(maxBodyLength)
  .superRefine((text, context) => {
    const message = placeholderProblem(text)
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  })

export const savedReplyEndpoints = {
  list: {
    method: 'GET',
    path: '/api/saved-replies',
    summary: 'What is said often, by name',
    access: 'user',
    reply: z.object({ items: z.array(savedReply) }),
  },
  create: {
    method: 'POST',
    path: '/api/saved-replies',
    summary: 'Save a reply for everybody',
    access: 'user',
    body: z.strictObject({ name, body }),
    reply: savedReply,
  },
  change: {
    method: 'PATCH',
    path: '/api/saved-replies/:id',
    summary: 'Change the name or the text of a saved reply',
    access: 'user',
    params: byId,
    body: z.strictObject({ name: name.optional(), body: body.optional() }),
    reply: savedReply,
  },
  remove: {
    method: 'DELETE',
    path: '/api/saved-replies/:id',
    summary: 'Delete a saved reply',
    access: 'user',
    params: byId,
    reply: nothing,
  },
} as const satisfies Record<string, Endpoint>
