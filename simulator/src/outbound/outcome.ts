import { channelOf } from '@partyline/contracts/channels'
import type { Behaviour } from '../store/phones.ts'

export interface Outcome {
  /** How the text ends. `sent`: no report ever comes. */
  status: 'delivered' | 'undelivered' | 'sent'
  errorCode?: number
  arrives: boolean
}

const onSms: Record<Behaviour, Outcome> = {
  receives: { status: 'delivered', arrives: true },
  silent: { status: 'sent', arrives: true },
  off: { status: 'undelivered', errorCode: 30003, arrives: false },
  blocks: { status: 'undelivered', errorCode: 30004, arrives: false },
  unknown: { status: 'undelivered', errorCode: 30005, arrives: false },
  filtered: { status: 'undelivered', errorCode: 30007, arrives: false },
}

/** Chat channels do not say that somebody blocked us or is offline: the message stays sent. */
const onChat: Record<Behaviour, Outcome> = {
  receives: { status: 'delivered', arrives: true },
  silent: { status: 'sent', arrives: true },
  off: { status: 'sent', arrives: false },
  blocks: { status: 'sent', arrives: false },
  unknown: { status: 'undelivered', errorCode: 63024, arrives: false },
  filtered: { status: 'undelivered', errorCode: 63005, arrives: false },
}

/** How a text to this address ends, given how its phone behaves. */
export function outcomeOf(address: string, behaviour: Behaviour): Outcome {
  return (channelOf(address) === 'sms' ? onSms : onChat)[behaviour]
}
