import { setTimeout as wait } from 'node:timers/promises'
import type { Group } from '../chaos/groups.ts'
import type { Text } from '../chaos/loader.ts'

interface Phone {
  id: number
  address: string
}

/** Members who text from the phones of the composed simulator, through the public port both times. */
export class PhoneTexts {
  readonly texts: Text[] = []
  readonly #url: string
  readonly #groups: Group[]
  readonly #phones = new Map<string, number>()
  readonly #sending = new Set<Promise<void>>()

  constructor(url: string, groups: Group[]) {
    this.#url = url
    this.#groups = groups
  }

  /** Makes their phones, and the lines known to the simulator. */
  async open(): Promise<void> {
    for (const { address, name } of this.#groups) await this.#post('/lines', { address, name })
    for (const address of new Set(this.#groups.flatMap(({ members }) => members))) {
      const phone = (await this.#post('/phones', { address, name: address })) as Phone
      this.#phones.set(address, phone.id)
    }
  }

  /** Evenly, in turn over groups and members, until it is over. */
  async run(textsPerSecond: number, over: AbortSignal): Promise<void> {
    const begin = performance.now()
    for (let count = 0; !over.aborted; count += 1) {
      const group = this.#groups[count % this.#groups.length]
      const from = group?.members[Math.floor(count / this.#groups.length) % group.members.length]
      if (group && from) this.text(group, from)
      const dueMs = begin + ((count + 1) * 1_000) / textsPerSecond - performance.now()
      if (dueMs > 0) await wait(dueMs, undefined, { signal: over }).catch(() => undefined)
    }
  }

  /** The simulator takes it, and brings it to our door as Twilio does. */
  text(group: Group, from: string): void {
    const said = `text ${this.texts.length + 1}`
    const text: Text = {
      ...{ sid: '', from, group, body: said, at: Date.now(), answeredAt: Infinity },
      ...{ acknowledged: false, undelivered: false },
    }
    this.texts.push(text)
    const path = `/phones/${this.#phones.get(from) ?? 'unknown'}/texts`
    const sent = this.#post(path, { to: group.address, body: said })
      .then((answer) => {
        text.sid = (answer as { sid: string }).sid
        // Whatever the door answered: the simulator has it, so it must arrive.
        text.acknowledged = true
        text.answeredAt = Date.now()
      })
      .finally(() => this.#sending.delete(sent))
    this.#sending.add(sent)
  }

  async finish(): Promise<void> {
    await Promise.all(this.#sending)
  }

  async #post(path: string, body: object): Promise<unknown> {
    const answer = await fetch(`${this.#url}/simulator/api${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok)
      throw new Error(`${path} was answered with ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }
}
