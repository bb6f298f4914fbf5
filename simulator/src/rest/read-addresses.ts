import { channelOf, withoutPrefix } from '@partyline/contracts/channels'
import type { Simulation } from '../simulation.ts'
import type { ServiceRow } from '../store/numbers.ts'
import { one, type Form } from './form.ts'
import { magicSender, refuseMagicRecipient, refuseMagicSender } from './magic-numbers.ts'
import { TwilioError } from './twilio-error.ts'

export function readRecipient(form: Form): string {
  const to = one(form, 'To')
  if (!to) throw new TwilioError(21604, "A 'To' phone number is required.")
  if (/^\d{3,6}$/.test(to))
    throw new TwilioError(21265, `'To' number cannot be a Short Code: ${to}`)
  if (!isAddress(to)) {
    throw new TwilioError(21211, `The 'To' number ${to} is not a valid phone number.`)
  }
  return to
}

export interface Sender {
  /** Null while the service has not chosen. */
  sender: string | null
  service: ServiceRow | undefined
}

export function readSender(sim: Simulation, form: Form, recipient: string): Sender {
  const from = one(form, 'From')
  const serviceSid = one(form, 'MessagingServiceSid')
  if (!from && !serviceSid) throw new TwilioError(21603, "A 'From' phone number is required.")
  const service = serviceSid ? readService(sim, serviceSid) : undefined
  if (from) readFrom(sim, from, recipient, service)
  refuseMagicRecipient(recipient)
  return { sender: from || null, service }
}

function readService(sim: Simulation, sid: string): ServiceRow {
  const service = sim.store.services.find(sid)
  if (!service) throw new TwilioError(21701, `The Messaging Service ${sid} does not exist.`)
  if (sim.store.numbers.inService(sid).length === 0) {
    throw new TwilioError(21704, 'The Messaging Service contains no phone numbers.')
  }
  return service
}

function readFrom(sim: Simulation, from: string, to: string, service?: ServiceRow): void {
  if (channelOf(from) !== channelOf(to)) {
    throw new TwilioError(21910, "Invalid 'From' and 'To' pair. They must be of the same channel.")
  }
  refuseMagicSender(from)
  if (from === magicSender) return
  const number = sim.store.numbers.byAddress(from)
  if (!number && channelOf(from) !== 'sms') {
    throw new TwilioError(63007, 'Twilio could not find a Channel with the specified From address')
  }
  if (!number && !isAddress(from)) {
    throw new TwilioError(21212, `The 'From' number ${from} is not a valid phone number.`)
  }
  if (!number || (service && number.service_sid !== service.sid)) {
    throw new TwilioError(
      21606,
      `The 'From' phone number ${from} is not a number you can send from.`,
    )
  }
  if (from === to) throw new TwilioError(21266, "'To' and 'From' number cannot be the same")
}

function isAddress(address: string): boolean {
  const bare = withoutPrefix(address)
  return channelOf(address) === 'messenger'
    ? /^\w{1,64}$/.test(bare)
    : /^\+[1-9]\d{6,14}$/.test(bare)
}
