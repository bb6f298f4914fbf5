import { setTimeout as pause } from 'node:timers/promises'
import { channelOf } from '@partyline/contracts/channels'
import { AppError } from '@partyline/contracts/errors'
import { countSegments } from '@partyline/contracts/segments'
import { createSid } from '../sid.ts'
import type { Simulation } from '../simulation.ts'
import type { MessageRow } from '../store/messages.ts'
import { deliverWebhook } from './deliver-webhook.ts'
import { handleKeyword } from './keyword-replies.ts'

export interface TextFromPhone {
  from: string
  to: string
  body: string
  media?: { contentType: string; bytes: Uint8Array }[]
}

const mostPictures = 10

/** Somebody texts one of our numbers. Resolves when the webhook has been answered or given up. */
export async function textIn(sim: Simulation, text: TextFromPhone): Promise<MessageRow> {
  const number = sim.store.numbers.byAddress(text.to)
  if (!number) throw new AppError('not_found', 'There is no such line to text.')
  check(text)
  const row = insert(sim, text)
  const media = sim.store.media.ofMessage(row.sid)
  sim.broadcast.publish({ type: 'message', message: row })
  handleKeyword(sim, number, text.from, text.body)

  const { delayWebhooksMs } = sim.faults.read()
  if (delayWebhooksMs > 0) await pause(delayWebhooksMs)
  const profileName = sim.store.phones.byAddress(text.from)?.name ?? ''
  const webhook = await deliverWebhook(sim, number, {
    row,
    media,
    serviceSid: number.service_sid,
    profileName,
  })
  const done = sim.store.messages.update(row.sid, { webhook }) ?? { ...row, webhook }
  sim.broadcast.publish({ type: 'message', message: done })
  return done
}

function check({ from, to, body, media = [] }: TextFromPhone): void {
  if (channelOf(from) !== channelOf(to)) {
    throw new AppError('invalid_request', 'The phone and the line are on different channels.')
  }
  if (body === '' && media.length === 0) {
    throw new AppError('invalid_request', 'Write something or attach a picture.')
  }
  if (body.length > 1_600)
    throw new AppError('invalid_request', 'A text has 1600 characters at most.')
  if (media.length > mostPictures) {
    throw new AppError('invalid_request', 'A text carries ten pictures at most.')
  }
}

function insert(sim: Simulation, { from, to, body, media = [] }: TextFromPhone): MessageRow {
  const now = sim.now()
  const row = sim.store.messages.insert({
    sid: createSid(media.length > 0 ? 'MM' : 'SM'),
    direction: 'inbound',
    automatic: 0,
    sender: from,
    recipient: to,
    body,
    status: 'received',
    num_segments: channelOf(from) === 'sms' ? countSegments(body).segments : 1,
    num_media: media.length,
    media_urls: '[]',
    error_code: null,
    price: null,
    service_sid: sim.store.numbers.byAddress(to)?.service_sid ?? null,
    status_callback: null,
    delivery: null,
    webhook: null,
    send_at: null,
    created_at: now,
    sent_at: now,
  })
  for (const { contentType, bytes } of media) {
    sim.store.media.insert({
      sid: createSid('ME'),
      message_sid: row.sid,
      content_type: contentType,
      bytes,
      created_at: now,
    })
  }
  return row
}
