import { z } from 'zod'
import { type Endpoint, page, pageOf, time } from '../http.ts'
import { templateId } from './template-values.ts'

export const template = z.object({
  id: templateId,
  name: z.string(),
  /** As WhatsApp knows it: `en`, `pt_BR`. */
  language: z.string(),
  /** `UTILITY`, `MARKETING` … as WhatsApp has put it; '' while it has not. */
  category: z.string(),
  /** Twilio's: `twilio/text` … */
  contentType: z.string(),
  body: z.string(),
  /** In the order in which they are read, each with what Twilio keeps as a sample; '' for none. */
  variables: z.array(z.object({ name: z.string(), sample: z.string() })),
  /** WhatsApp’s word: `approved`, `pending`, `rejected` …; `unsubmitted` when it was not asked. */
  status: z.string(),
  /** Whether it may be sent from here. */
  canSend: z.boolean(),
  /** Why not, in plain words. */
  problem: z.string().nullable(),
})
export type Template = z.infer<typeof template>

const look = z.object({
  /** True while somebody waits for an answer of Twilio. */
  looking: z.boolean(),
  /** When the templates were last fetched; null for never. */
  lookedAt: time.nullable(),
  /** Why they could not be, in plain words. */
  problem: z.string().nullable(),
})
export type TemplateLook = z.infer<typeof look>

export const templateEndpoints = {
  list: {
    method: 'GET',
    path: '/api/templates',
    summary:
      'WhatsApp templates of the Twilio account, by name. `sendable`: only those that can be sent. `q`: in the name or the text',
    access: 'user',
    query: page.extend({
      q: z.string().trim().max(200).optional(),
      sendable: z.enum(['true']).optional(),
    }),
    reply: pageOf(template),
  },
  state: {
    method: 'GET',
    path: '/api/templates/look',
    summary: 'When the templates were last fetched from Twilio, and what is in the way of it',
    access: 'user',
    reply: look,
  },
  look: {
    method: 'POST',
    path: '/api/templates/look',
    summary: 'Fetch the templates again. `system.changed` in the feed tells when it is done',
    access: 'admin',
    reply: look,
  },
} as const satisfies Record<string, Endpoint>
