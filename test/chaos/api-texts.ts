import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Group } from './groups.ts'
import type { Hub } from './hub.ts'
import { readCreated } from './judge.ts'
import { type SignedIn, signIn } from './sign-in.ts'

interface KeyedText {
  group: Group
  clientKey: string
  /** Every message the api said this key is. */
  ids: Set<string>
}

const tries = 10
const answerMs = 15_000

/** A program that texts through the api and trusts no answer: ten times with one key, whatever it hears. */
export class ApiTexts {
  readonly #hub: Hub
  readonly #author: SignedIn
  readonly #texts: KeyedText[] = []
  readonly #sending: Promise<void>[] = []
  /** What the tries were answered. */
  readonly answers: Record<string, number> = {}

  private constructor(hub: Hub, author: SignedIn) {
    this.#hub = hub
    this.#author = author
  }

  static async open(hub: Hub): Promise<ApiTexts> {
    return new ApiTexts(hub, await signIn(hub.db, 'Script'))
  }

  text(group: Group): void {
    const text = { group, clientKey: randomUUID(), ids: new Set<string>() }
    this.#texts.push(text)
    this.#sending.push(this.#insist(text))
  }

  async finish(): Promise<void> {
    await Promise.all(this.#sending)
  }

  /** Two tries at once, then the next two; more than ten only if none was answered. */
  async #insist(text: KeyedText): Promise<void> {
    for (let count = 0; count < tries || text.ids.size === 0; count += 2) {
      await Promise.all([this.#try(text), this.#try(text)])
      await wait(50)
    }
  }

  async #try({ group, clientKey, ids }: KeyedText): Promise<void> {
    const path = `/api/conversations/${group.conversationId}/messages`
    const answered = await fetch(this.#hub.apiUrl + path, {
      method: 'POST',
      headers: { ...this.#author.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ body: `by key ${clientKey}`, clientKey }),
      signal: AbortSignal.timeout(answerMs),
    }).then(
      async (answer) => ({ status: String(answer.status), said: await answer.json() }),
      () => ({ status: 'none', said: undefined }),
    )
    this.answers[answered.status] = (this.answers[answered.status] ?? 0) + 1
    if (answered.status === '202') ids.add((answered.said as { id: string }).id)
  }

  /** A sentence for each text that is not exactly one message, created once for each member. */
  async problems(): Promise<string[]> {
    const refused = Object.keys(this.answers).filter((status) => !['202', 'none'].includes(status))
    const [known, all] = [await this.#readMessages(), await this.#readDeliveries()]
    const created = Map.groupBy(readCreated(this.#hub.simulatorFile), ({ delivery }) => delivery)
    const problems = refused.map((status) => `${this.answers[status] ?? 0} tries got ${status}`)
    for (const { clientKey, ids, group } of this.#texts) {
      const messages = known.filter((message) => message.client_key === clientKey)
      if (messages.length !== 1) problems.push(`${clientKey} is ${messages.length} messages`)
      if (ids.size !== 1) problems.push(`${clientKey} was said to be ${ids.size} messages`)
      const deliveries = all.filter(({ message_id }) => message_id === messages[0]?.id)
      const heard = deliveries.filter(({ id }) => created.get(id)?.length === 1)
      const addresses = new Set(heard.map(({ address }) => address))
      if (addresses.size !== group.members.length || deliveries.length !== addresses.size) {
        problems.push(`${clientKey} was created once for ${addresses.size} members`)
      }
    }
    if (known.length !== this.#texts.length) {
      problems.push(`${known.length} messages of ${this.#texts.length} keys`)
    }
    return problems
  }

  async #readMessages() {
    return this.#hub.db.execute<{ id: string; client_key: string }>(sql`
      select id, client_key from messages where sender_id = ${this.#author.user.id}
    `)
  }

  async #readDeliveries() {
    return this.#hub.db.execute<{ id: string; message_id: string; address: string }>(sql`
      select deliveries.id, message_id, deliveries.address from deliveries
      join messages on messages.id = message_id where sender_id = ${this.#author.user.id}
    `)
  }
}
