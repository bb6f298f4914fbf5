import { AppError } from '@partyline/contracts/errors'
import { accept } from '../outbound/accept.ts'
import type { WebhookForm } from '../signature.ts'
import type { Simulation } from '../simulation.ts'
import type { NumberRow } from '../store/numbers.ts'
import { postWebhook, problemOf, type WebhookOutcome } from '../webhooks/post-webhook.ts'
import { readTwiml, type TwimlReply } from './twiml.ts'
import { inboundForm, type InboundText } from './webhook-form.ts'

/** Tells the number's owner about a text. How it went, in a word or two for the phones page. */
export async function deliverWebhook(
  sim: Simulation,
  number: NumberRow,
  text: InboundText,
): Promise<string> {
  const { url, fallback } = routeOf(sim, number)
  if (url === '') return 'no webhook'
  if (sim.faults.happens('dropWebhooks')) return 'lost'
  const form = inboundForm(sim, text)
  const messageSid = text.row.sid
  const send = () => postWebhook(sim, { kind: 'inbound', messageSid, url, form })
  const copies = sim.faults.happens('duplicateWebhooks') ? [send(), send()] : [send()]
  const [outcome] = await Promise.all(copies)
  const failure = outcome && judge(sim, text, outcome)
  if (failure === undefined) return 'ok'
  if (fallback === '') return failure.text
  return tryFallback(sim, text, fallback, {
    ...form,
    ErrorCode: String(failure.code),
    ErrorUrl: url,
  })
}

function routeOf(sim: Simulation, number: NumberRow): { url: string; fallback: string } {
  const own = { url: number.sms_url, fallback: number.sms_fallback_url }
  if (number.service_sid === null) return own
  const service = sim.store.services.find(number.service_sid)
  if (!service) throw new AppError('not_found', 'The number’s Messaging Service is gone.')
  if (service.use_number_webhook === 1) return own
  return { url: service.inbound_url ?? '', fallback: service.fallback_url ?? '' }
}

async function tryFallback(sim: Simulation, text: InboundText, url: string, form: WebhookForm) {
  const outcome = await postWebhook(sim, { kind: 'fallback', messageSid: text.row.sid, url, form })
  return judge(sim, text, outcome)?.text ?? 'ok'
}

/** What is wrong with the answer; if nothing is, its replies are on their way. */
function judge(sim: Simulation, text: InboundText, outcome: WebhookOutcome) {
  const problem = problemOf(outcome)
  if (problem || 'failed' in outcome) return problem
  const twiml = readTwiml(outcome.contentType, outcome.body)
  if ('errorCode' in twiml) return { code: twiml.errorCode, text: `error ${twiml.errorCode}` }
  for (const reply of twiml.replies) sendReply(sim, text, reply)
  return undefined
}

function sendReply(sim: Simulation, { row }: InboundText, reply: TwimlReply): void {
  const recipient = reply.to ?? row.sender
  if (recipient === null || (reply.body === '' && reply.mediaUrls.length === 0)) return
  const sender = reply.from ?? row.recipient
  if (sim.store.optOuts.has(sender, recipient)) return
  accept(sim, {
    direction: 'outbound-reply',
    sender,
    recipient,
    body: reply.body,
    mediaUrls: reply.mediaUrls,
    asMms: false,
    serviceSid: null,
    statusCallback: reply.statusCallback ?? null,
    sendAt: null,
  })
}
