import { randomUUID } from 'node:crypto'
import { signWebhook, type WebhookForm } from '../signature.ts'
import type { Simulation } from '../simulation.ts'
import type { WebhookRow } from '../store/webhook-log.ts'
import { failureKind, readConnection } from './connection.ts'
import { postForm, type Answer, type NoAnswer } from './post-form.ts'
import { reachable } from './reachable.ts'

export interface Webhook {
  kind: WebhookRow['kind']
  messageSid: string
  url: string
  form: WebhookForm
}

export type WebhookOutcome = Answer | NoAnswer

/** Sends one signed webhook as the address's connection overrides say, and writes down how it went. */
export async function postWebhook(sim: Simulation, webhook: Webhook): Promise<WebhookOutcome> {
  const { connectMs, readMs, totalMs, retries, retryOn } = readConnection(webhook.url)
  const began = performance.now()
  const headers = headersOf(sim, webhook)
  const body = toBody(webhook.form)
  for (let retry = 0; ; retry += 1) {
    const leftMs = totalMs - (performance.now() - began)
    const outcome = await postForm({
      url: reachable(sim.config, webhook.url),
      headers,
      body,
      connectMs: Math.min(connectMs, leftMs),
      readMs: Math.min(readMs, leftMs),
    })
    const kind = failureKind(outcome)
    const again = kind !== undefined && (retryOn.has(kind) || retryOn.has('all'))
    if (again && retry < retries && performance.now() - began < totalMs) continue
    writeDown(sim, webhook, outcome, performance.now() - began)
    return outcome
  }
}

function headersOf(sim: Simulation, { url, form }: Webhook): Record<string, string> {
  return {
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    accept: '*/*',
    'user-agent': 'TwilioProxy/1.1',
    'x-home-region': 'us1',
    'i-twilio-idempotency-token': randomUUID(),
    'x-twilio-signature': signWebhook(sim.config.authToken, url, form),
  }
}

function toBody(form: WebhookForm): string {
  const pairs = Object.entries(form).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  )
  return new URLSearchParams(pairs).toString()
}

function writeDown(sim: Simulation, webhook: Webhook, outcome: WebhookOutcome, ms: number): void {
  const problem = problemOf(outcome)
  sim.store.webhooks.insert({
    kind: webhook.kind,
    message_sid: webhook.messageSid,
    url: webhook.url,
    status: 'status' in outcome ? outcome.status : null,
    error_code: problem?.code ?? null,
    error: problem?.text ?? null,
    duration_ms: Math.round(ms),
    created_at: sim.now(),
  })
}

/** Twilio's error number for a webhook that did not work, with a few words. */
export function problemOf(outcome: WebhookOutcome): { code: number; text: string } | undefined {
  if ('failed' in outcome) {
    return { code: outcome.failed === 'ct' ? 11205 : 11200, text: outcome.reason }
  }
  if (outcome.status >= 300) return { code: 11200, text: String(outcome.status) }
  return undefined
}
