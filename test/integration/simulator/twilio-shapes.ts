import { z } from 'zod'

const sid = (prefix: string) => z.string().regex(new RegExp(`^(${prefix})[0-9a-f]{32}$`))
const rfc2822 = z
  .string()
  .regex(
    /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} \+0000$/,
  )
const iso = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)
const digits = z.string().regex(/^\d+$/)
const path = z.string().startsWith('/2010-04-01/Accounts/AC')

/** Twilio's message with every key, and no other, required. */
export const messageShape = z.strictObject({
  account_sid: sid('AC'),
  api_version: z.literal('2010-04-01'),
  body: z.string(),
  date_created: rfc2822,
  date_sent: rfc2822.nullable(),
  date_updated: rfc2822,
  direction: z.enum(['inbound', 'outbound-api', 'outbound-call', 'outbound-reply']),
  error_code: z.int().nullable(),
  error_message: z.string().nullable(),
  from: z.string().nullable(),
  messaging_service_sid: sid('MG').nullable(),
  num_media: digits,
  num_segments: digits,
  price: z
    .string()
    .regex(/^-\d+\.\d{5}$/)
    .nullable(),
  price_unit: z.literal('USD'),
  sid: sid('SM|MM'),
  status: z.literal([
    'queued',
    'sending',
    'sent',
    'failed',
    'delivered',
    'undelivered',
    'receiving',
    'received',
    'accepted',
    'scheduled',
    'read',
    'canceled',
  ]),
  subresource_uris: z.strictObject({ media: path, feedback: path.optional() }),
  to: z.string(),
  uri: path.endsWith('.json'),
})

const page = {
  page: z.int(),
  page_size: z.int(),
  start: z.int(),
  end: z.int(),
  uri: path,
  first_page_uri: path,
  next_page_uri: path.nullable(),
  previous_page_uri: path.nullable(),
}

export const messageListShape = z.strictObject({ messages: z.array(messageShape), ...page })

export const mediaShape = z.strictObject({
  account_sid: sid('AC'),
  content_type: z.string(),
  date_created: rfc2822,
  date_updated: rfc2822,
  parent_sid: sid('SM|MM'),
  sid: sid('ME'),
  uri: path.endsWith('.json'),
})

export const mediaListShape = z.strictObject({ media_list: z.array(mediaShape), ...page })

export const numberShape = z.looseObject({
  account_sid: sid('AC'),
  capabilities: z.strictObject({
    fax: z.boolean(),
    mms: z.boolean(),
    sms: z.boolean(),
    voice: z.boolean(),
  }),
  date_created: rfc2822,
  date_updated: rfc2822,
  phone_number: z.string().startsWith('+'),
  sid: sid('PN'),
  sms_fallback_url: z.string(),
  sms_url: z.string(),
  status_callback: z.string(),
})

export const serviceShape = z.looseObject({
  account_sid: sid('AC'),
  date_created: iso,
  date_updated: iso,
  sid: sid('MG'),
  use_inbound_webhook_on_number: z.boolean(),
})

export const errorShape = z.strictObject({
  code: z.int(),
  detail: z.string().optional(),
  message: z.string(),
  more_info: z.string().startsWith('https://www.twilio.com/docs/errors/'),
  status: z.int(),
})

const contentSid = sid('HX')
const anyContent = z.strictObject({
  account_sid: sid('AC'),
  date_created: iso,
  date_updated: iso,
  friendly_name: z.string(),
  language: z.string(),
  sid: contentSid,
  types: z.record(z.string(), z.looseObject({})),
  variables: z.record(z.string(), z.string()),
})

export const contentShape = anyContent.extend({
  links: z.strictObject({ approval_create: z.url(), approval_fetch: z.url() }),
  url: z.url(),
})

export const contentAndApprovalShape = anyContent.extend({
  approval_requests: z.strictObject({
    allow_category_change: z.boolean(),
    category: z.string(),
    content_type: z.string(),
    name: z.string(),
    rejection_reason: z.string(),
    status: z.enum([
      'unsubmitted',
      'received',
      'pending',
      'approved',
      'rejected',
      'paused',
      'disabled',
    ]),
  }),
})
