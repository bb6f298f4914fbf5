import { channelOf } from '@partyline/contracts/channels'
import { keywordIn } from '@partyline/contracts/keywords'
import { countSegments } from '@partyline/contracts/segments'
import { createSid } from '../sid.ts'
import type { Simulation } from '../simulation.ts'
import type { NumberRow } from '../store/numbers.ts'

const replies = {
  stop: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
  start:
    'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
  help: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
}
const tollFreeReplies: typeof replies = {
  stop: 'NETWORK MSG: You replied with the word "stop" which blocks all texts sent from this number. Text back "unstop" to receive messages again.',
  start:
    'NETWORK MSG: You have replied "unstop" and will begin receiving messages again from this number.',
  help: replies.help,
}

/** STOP, START and HELP, as Twilio handles them before and beside our webhook. Only on SMS. */
export function handleKeyword(sim: Simulation, number: NumberRow, person: string, body: string) {
  const keyword = keywordIn(body)
  if (keyword === undefined || channelOf(person) !== 'sms') return
  const { optOuts } = sim.store
  const tollFree = /^\+18(00|33|44|55|66|77|88)/.test(number.address)
  if (tollFree && body.trim().toUpperCase() === 'YES') return
  const scope = number.service_sid ?? number.address
  const optedOut = optOuts.has(scope, person)
  // Nothing is said twice, and nothing at all to somebody who wants no texts.
  if (keyword === 'start' ? !optedOut : optedOut) return
  if (keyword === 'stop') optOuts.add(scope, person)
  if (keyword === 'start') optOuts.remove(scope, person)
  answer(sim, number.address, person, (tollFree ? tollFreeReplies : replies)[keyword])
}

function answer(sim: Simulation, from: string, to: string, body: string): void {
  sim.timers.after(sim.config.latencyMs, async () => {
    const now = sim.now()
    const { sid } = sim.store.messages.insert({
      sid: createSid('SM'),
      direction: 'outbound-reply',
      automatic: 1,
      sender: from,
      recipient: to,
      body,
      status: 'delivered',
      num_segments: countSegments(body).segments,
      num_media: 0,
      media_urls: '[]',
      error_code: null,
      price: null,
      service_sid: null,
      status_callback: null,
      delivery: null,
      webhook: null,
      send_at: null,
      created_at: now,
      sent_at: now,
    })
    const message = sim.store.messages.update(sid, { arrived_at: now })
    if (message) sim.broadcast.publish({ type: 'message', message })
  })
}
