import type { Hub } from './hub.ts'
import { readCreated } from './judge.ts'
import { type SignedIn, signIn } from './sign-in.ts'
import { until } from './until.ts'

interface Reply {
  body: string
  /** In ms since 1970. */
  at: number
}

const patienceMs = 10_000

/** Somebody at the dashboard, who answers one person at a time. */
export class Replies {
  readonly #hub: Hub
  readonly #author: SignedIn
  readonly #said: Reply[] = []

  private constructor(hub: Hub, author: SignedIn) {
    this.#hub = hub
    this.#author = author
  }

  static async open(hub: Hub): Promise<Replies> {
    return new Replies(hub, await signIn(hub.db, 'Agent'))
  }

  async say(conversationId: string): Promise<void> {
    const reply = { body: `reply ${this.#said.length + 1}`, at: Date.now() }
    this.#said.push(reply)
    const answer = await fetch(`${this.#hub.apiUrl}/api/conversations/${conversationId}/messages`, {
      method: 'POST',
      headers: { ...this.#author.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ body: reply.body, clientKey: reply.body }),
    })
    if (answer.status !== 202) throw new Error(`the api answered ${answer.status}`)
  }

  /** Waits until all are out, or too long for it to matter. */
  async finish(): Promise<void> {
    await until(patienceMs, () => !this.latencies().includes(Infinity))
  }

  /** How long each took to its phone, in ms; infinite for one that was not created exactly once. */
  latencies(): number[] {
    const created = Map.groupBy(readCreated(this.#hub.simulatorFile), ({ body }) => body)
    return this.#said.map(({ body, at }) => {
      const [once, again] = created.get(body) ?? []
      return once && !again ? once.createdAt - at : Infinity
    })
  }
}
