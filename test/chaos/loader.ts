import { setTimeout as wait } from 'node:timers/promises'
import { signedForm, textParams } from '../support/webhook.ts'
import type { Group } from './groups.ts'

export interface Text {
  sid: string
  from: string
  group: Group
  body: string
  /** Answered with 2xx. */
  acknowledged: boolean
  /** Never brought to the door; counts as acknowledged, as it must arrive all the same. */
  undelivered: boolean
  /** When it was texted, and when it was first answered with 2xx, in ms since 1970. */
  at: number
  answeredAt: number
}

interface Options {
  url: string
  /** Twilio's own record of the text: what never reaches us can be fetched from its list. */
  record: (text: { from: string; to: string; body: string }) => Promise<{ sid: string }>
  groups: Group[]
  random: () => number
  duplicates: number
  body: string | undefined
}

const messagesPath = '/webhooks/twilio/messages'
/** Twilio waits fifteen seconds at most. */
const answerMs = 15_000
const pauseMs = 300

/** Members who text. What is not answered with 2xx is sent again until it is, far more patiently than Twilio. */
export class Loader {
  readonly texts: Text[] = []
  /** Of every webhook, in ms; and what the door answered. */
  readonly answers: number[] = []
  readonly statuses: Record<string, number> = {}
  /** Webhooks go nowhere: only Twilio's list has the texts. */
  undelivered = false
  readonly #options: Options
  readonly #sending = new Set<Promise<void>>()
  #patient = true
  /** How often everything unanswered was given up. */
  #givenUp = 0

  constructor(options: Options) {
    this.#options = options
  }

  async run(textsPerSecond: number, over: AbortSignal): Promise<void> {
    const { groups, random } = this.#options
    if (textsPerSecond === 0) return
    const begin = performance.now()
    for (let count = 0; !over.aborted; count += 1) {
      const group = groups[Math.floor(random() * groups.length)]
      const from = group?.members[Math.floor(random() * group.members.length)]
      if (group && from) this.text(group, from)
      const dueMs = begin + ((count + 1) * 1_000) / textsPerSecond - performance.now()
      if (dueMs > 0) await wait(dueMs, undefined, { signal: over }).catch(() => undefined)
    }
  }

  text(group: Group, from: string, body?: string): Text {
    const said = body ?? this.#options.body ?? `text ${this.texts.length + 1}`
    const text: Text = {
      sid: '',
      from,
      group,
      body: said,
      acknowledged: false,
      undelivered: false,
      at: Date.now(),
      answeredAt: Infinity,
    }
    this.texts.push(text)
    const recorded = this.#options.record({ from, to: group.address, body: said })
    const copies = this.#options.random() < this.#options.duplicates ? 2 : 1
    for (let copy = 0; copy < copies; copy += 1) {
      const sent = this.#deliver(text, recorded).finally(() => this.#sending.delete(sent))
      this.#sending.add(sent)
    }
    return text
  }

  /** Waits until everything was taken, or stops trying. */
  async finish(patienceMs: number): Promise<void> {
    const late = wait(patienceMs, undefined, { ref: false }).then(() => {
      this.#patient = false
    })
    await Promise.race([Promise.all(this.#sending), late])
    await Promise.all(this.#sending)
  }

  /** As Twilio does after seconds: what is unanswered now never comes, though its list has it. */
  giveUp(): void {
    this.#givenUp += 1
  }

  async #deliver(text: Text, recorded: Promise<{ sid: string }>): Promise<void> {
    const { url } = this.#options
    text.sid = (await recorded).sid
    if (this.undelivered) {
      text.acknowledged = text.undelivered = true
      return
    }
    const { from: From, body: Body, sid: MessageSid, group } = text
    const params = textParams({ From, To: group.address, Body, MessageSid })
    const { method, headers, body } = signedForm(messagesPath, params)
    const givenUp = this.#givenUp
    while (this.#patient) {
      if (givenUp < this.#givenUp) {
        text.acknowledged = text.undelivered = true
        return
      }
      const began = performance.now()
      const signal = AbortSignal.timeout(answerMs)
      const status = await fetch(url + messagesPath, { method, headers, body, signal }).then(
        async (answer) => (await answer.arrayBuffer()) && String(answer.status),
        () => 'none',
      )
      this.answers.push(performance.now() - began)
      this.statuses[status] = (this.statuses[status] ?? 0) + 1
      if (status.startsWith('2')) {
        text.acknowledged = true
        text.answeredAt = Math.min(text.answeredAt, Date.now())
        return
      }
      await wait(pauseMs)
    }
  }
}
