import { parse } from 'node:querystring'
import type { WebhookParams } from '@partyline/contracts/jobs'

/** Every field, decoded and nothing else: no trimming, and a repeated name keeps all its values. */
export function parseForm(body: string): WebhookParams {
  const fields = parse(body, '&', '=', { maxKeys: 1_000 })
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value ?? '']))
}

/** A parameter that Twilio sends once. */
export function field(params: WebhookParams, name: string): string | undefined {
  const value = Object.hasOwn(params, name) ? params[name] : undefined
  return Array.isArray(value) ? value[0] : value
}
