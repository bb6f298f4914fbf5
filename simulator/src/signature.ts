import { createHmac } from 'node:crypto'

export type WebhookForm = Record<string, string | string[]>

/**
 * X-Twilio-Signature. Ours alone: if it were shared with the ingress, one mistake would pass on both
 * sides. Twilio signs the address as configured, without its fragment and without a password.
 */
export function signWebhook(authToken: string, url: string, form: WebhookForm): string {
  const signed = Object.keys(form)
    .sort()
    .reduce((text, name) => text + spell(name, form[name] ?? ''), signedUrl(url))
  return createHmac('sha1', authToken).update(signed, 'utf8').digest('base64')
}

function signedUrl(url: string): string {
  return url.replace(/#.*$/s, '').replace(/^(\w+:\/\/)[^/?@]*@/, '$1')
}

function spell(name: string, value: string | string[]): string {
  const values = Array.isArray(value) ? [...new Set(value)].sort() : [value]
  return values.map((each) => name + each).join('')
}
