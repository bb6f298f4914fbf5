import { createHash } from 'node:crypto'
import { channelOf, withoutPrefix } from '@partyline/contracts/channels'
import { explainTwilioError } from '@partyline/contracts/twilio-errors'
import type { Simulation } from '../simulation.ts'
import type { MessageRow } from '../store/messages.ts'
import { postWebhook } from '../webhooks/post-webhook.ts'

const reported = new Set([
  'queued',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'canceled',
  'read',
])

/** Calls back about a status that a text has just reached; never about the one it began with. */
export function reportStatus(sim: Simulation, row: MessageRow): void {
  const { status_callback: url, automatic, status } = row
  if (url === null || automatic === 1 || !reported.has(status)) return
  if (sim.faults.happens('dropCallbacks')) return
  const form = callbackForm(sim, row)
  const copies = sim.faults.happens('duplicateCallbacks') ? 2 : 1
  for (let copy = 0; copy < copies; copy += 1) {
    const send = () => postWebhook(sim, { kind: 'status', messageSid: row.sid, url, form })
    const waitMs = delayMs(sim)
    if (waitMs > 0) sim.timers.after(waitMs, send)
    else sim.timers.run(send)
  }
}

/** Held back long enough for the next ones to overtake. */
function delayMs(sim: Simulation): number {
  const { delayCallbacksMs } = sim.faults.read()
  if (!sim.faults.happens('reorderCallbacks')) return delayCallbacksMs
  return delayCallbacksMs + Math.ceil(sim.config.latencyMs * (1.5 + 3 * sim.faults.random())) + 20
}

function callbackForm(sim: Simulation, row: MessageRow): Record<string, string> {
  return {
    MessageSid: row.sid,
    SmsSid: row.sid,
    MessageStatus: row.status,
    SmsStatus: row.status,
    AccountSid: sim.config.accountSid,
    ...(row.sender !== null && { From: row.sender }),
    To: row.recipient,
    ApiVersion: '2010-04-01',
    ...(row.service_sid !== null && { MessagingServiceSid: row.service_sid }),
    ...(row.error_code !== null && { ErrorCode: String(row.error_code) }),
    ...(channelOf(row.recipient) === 'sms' ? carrierPart(row) : channelPart(row)),
  }
}

function carrierPart(row: MessageRow): Record<string, string> {
  if (row.status !== 'delivered' && row.status !== 'undelivered') return {}
  const digits = new Date(row.updated_at).toISOString().replace(/\D/g, '')
  return { RawDlrDoneDate: digits.slice(2, 12) }
}

function channelPart(row: MessageRow): Record<string, string> {
  const install = createHash('md5')
    .update(row.sender ?? '')
    .digest('hex')
  const failed = row.status === 'failed' || row.status === 'undelivered'
  return {
    ChannelInstallSid: `XE${install}`,
    ChannelPrefix: channelOf(row.recipient),
    ChannelToAddress: withoutPrefix(row.recipient).replace(/.{4}$/, 'XXXX'),
    ...(failed && { ChannelStatusMessage: explainTwilioError(row.error_code).reason }),
    ...(row.status === 'delivered' && { EventType: 'DELIVERED' }),
    ...(row.status === 'read' && { EventType: 'READ' }),
  }
}
