import { parse } from 'node:querystring'
import type { WebhookParams } from '@partyline/contracts/jobs'

/**
 * Every field, decoded and nothing else: no trimming, and a repeated name keeps all its values. The
 * object has no prototype, so no name a stranger picks means anything.
 */
export function parseForm(body: string): WebhookParams {
  // The type of a parsed query allows holes; a parser that splits a string makes none.
  return parse(body, '&', '=', { maxKeys: 1_000 }) as WebhookParams
}

/** A parameter that Twilio sends once. */
export function field(params: WebhookParams, name: string): string | undefined {
  const value = Object.hasOwn(params, name) ? params[name] : undefined
  return Array.isArray(value) ? value[0] : value
}
