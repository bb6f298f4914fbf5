import type { SeenTemplate } from '@partyline/db/queries/templates'
import { z } from 'zod'

/** Of what WhatsApp says; the SDK leaves it as it comes. A template nobody submitted has nothing of it. */
const approval = z
  .object({
    status: z.string().catch('unsubmitted'),
    category: z.string().catch(''),
    rejection_reason: z.string().catch(''),
  })
  .catch({ status: 'unsubmitted', category: '', rejection_reason: '' })

const contents = z.record(z.string(), z.looseObject({ body: z.string().catch('') })).catch({})
const samples = z.record(z.string(), z.coerce.string()).catch({})

const plainText = 'twilio/text'

interface Listed {
  sid: string
  friendlyName: string
  language: string
  variables: unknown
  types: unknown
  approvalRequests: unknown
}

/** What is not text only is known by its richest type: that is what WhatsApp would show. */
export function toSeenTemplate(listed: Listed): SeenTemplate {
  const types = contents.parse(listed.types)
  const { status, category, rejection_reason } = approval.parse(listed.approvalRequests)
  const contentType = Object.keys(types).find((type) => type !== plainText) ?? plainText
  return {
    sid: listed.sid,
    name: listed.friendlyName,
    language: listed.language,
    ...{ category, contentType, status: status.toLowerCase(), rejectionReason: rejection_reason },
    body: types[plainText]?.body ?? types[contentType]?.body ?? '',
    samples: samples.parse(listed.variables ?? {}),
  }
}
