import { toIsoSeconds } from '../dates.ts'
import type { TemplateRow } from '../store/templates.ts'

/** A template in the shape of Twilio's Content API. */
export function toContentResource(accountSid: string, row: TemplateRow) {
  const url = `https://content.twilio.com/v1/Content/${row.sid}`
  return {
    ...common(accountSid, row),
    links: {
      approval_create: `${url}/ApprovalRequests/whatsapp`,
      approval_fetch: `${url}/ApprovalRequests`,
    },
    url,
  }
}

/** As `ContentAndApprovals` lists it. */
export function toContentAndApproval(accountSid: string, row: TemplateRow) {
  return { ...common(accountSid, row), approval_requests: toApproval(row) }
}

export function toApprovalResource(accountSid: string, row: TemplateRow) {
  return {
    account_sid: accountSid,
    sid: row.sid,
    url: `https://content.twilio.com/v1/Content/${row.sid}/ApprovalRequests`,
    whatsapp: { type: 'whatsapp', ...toApproval(row), flows: null },
  }
}

/** Of one that was never submitted everything but the status is empty. */
export function toApproval(row: TemplateRow) {
  const asked = row.status !== null
  return {
    allow_category_change: true,
    category: asked ? row.category : '',
    content_type: Object.keys(typesOf(row))[0] ?? '',
    name: asked ? row.name : '',
    rejection_reason: row.rejection_reason,
    status: row.status ?? 'unsubmitted',
  }
}

export function typesOf({ types }: TemplateRow) {
  return JSON.parse(types) as Record<string, { body?: string; media?: string[] }>
}

function common(accountSid: string, row: TemplateRow) {
  return {
    account_sid: accountSid,
    date_created: toIsoSeconds(row.created_at),
    date_updated: toIsoSeconds(row.updated_at),
    friendly_name: row.name,
    language: row.language,
    sid: row.sid,
    types: typesOf(row),
    variables: JSON.parse(row.variables) as Record<string, string>,
  }
}
