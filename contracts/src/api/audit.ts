import { z } from 'zod'
import { type Endpoint, page, pageOf, time } from '../http.ts'

/** What is written down for ever: who got in, who changed what, what was sent again, who must not be texted. */
export const auditActions = [
  'session.started',
  'session.refused',
  'session.ended',
  'session.proved',
  'session.proof_refused',
  'user.created',
  'user.renamed',
  'user.role_changed',
  'user.password_changed',
  'user.disabled',
  'user.enabled',
  'token.created',
  'token.revoked',
  'line.created',
  'line.changed',
  'line.paused',
  'line.resumed',
  'number.connected',
  'member.added',
  'member.removed',
  'group.created',
  'group.changed',
  'group.paused',
  'group.resumed',
  'contact.deleted',
  'contact.merged',
  'contact.parted',
  'contacts.exported',
  'contacts.imported',
  'contacts.import_undone',
  'conversation.exported',
  'conversation.deleted',
  'label.deleted',
  'saved_reply.deleted',
  'message.repeated',
  'message.passed_on',
  'delivery.retried',
  'dead_letter.replayed',
  'dead_letter.given_up',
  'webhook.replayed',
  'texts.compared',
  'opt_out.began',
  'opt_out.ended',
  'help.asked',
  'breaker.opened',
  'breaker.closed',
] as const
export type AuditAction = (typeof auditActions)[number]

const auditEntry = z.object({
  id: z.uuid(),
  at: time,
  action: z.enum(auditActions),
  /** Who did it; null for Partyline itself, for people outside, and for somebody unknown. */
  user: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** What it was done to: an id, or an address where somebody outside is who it is about. */
  subject: z.string().nullable(),
  /** Where the request came from. */
  ip: z.string().nullable(),
  /** What else says what happened. Never a text, never a secret. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string()), z.null()])),
  /** What the ids in `subject` and `details` are called: now, or when this deleted them. */
  names: z.record(z.string(), z.string()),
})
export type AuditEntry = z.infer<typeof auditEntry>

export const auditEndpoints = {
  list: {
    method: 'GET',
    path: '/api/audit',
    summary: 'Who did what, newest first. Nothing in it can be changed or removed',
    access: 'admin',
    query: page.extend({ userId: z.uuid().optional(), action: z.enum(auditActions).optional() }),
    reply: pageOf(auditEntry),
  },
} as const satisfies Record<string, Endpoint>
