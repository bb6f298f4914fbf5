import type { Delivery } from '@partyline/contracts/api/deliveries'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import type { Api } from '../api.ts'
import { messageOf } from '../api-error.ts'

/** Who got one message, who did not, and why. */
export class DeliveriesState {
  readonly #api: Api
  readonly #messageId: string
  #items = $state.raw<readonly Delivery[]>([])
  #nextCursor = $state.raw<string | null | undefined>(undefined)
  #asked = 0
  error = $state<string | undefined>(undefined)
  retrying = $state.raw<ReadonlySet<string>>(new Set())

  constructor(api: Api, messageId: string) {
    this.#api = api
    this.#messageId = messageId
  }

  get items(): readonly Delivery[] {
    return this.#items
  }

  get loaded(): boolean {
    return this.#nextCursor !== undefined
  }

  get hasMore(): boolean {
    return typeof this.#nextCursor === 'string'
  }

  /** As many as are shown already, so that a refresh does not shorten the list. */
  async load(): Promise<void> {
    await this.#ask(async () => {
      const wanted = this.#items.length
      let page = await this.#page(undefined)
      const items = [...page.items]
      while (items.length < wanted && page.nextCursor !== null) {
        page = await this.#page(page.nextCursor)
        items.push(...page.items)
      }
      return { items, nextCursor: page.nextCursor }
    })
  }

  async loadMore(): Promise<void> {
    const cursor = this.#nextCursor
    if (typeof cursor !== 'string') return
    await this.#ask(async () => {
      const page = await this.#page(cursor)
      return { items: [...this.#items, ...page.items], nextCursor: page.nextCursor }
    })
  }

  async retry(id: string): Promise<void> {
    this.retrying = new Set(this.retrying).add(id)
    this.error = undefined
    try {
      const changed = await this.#api.call(messageEndpoints.retry, { params: { id } })
      this.#items = this.#items.map((item) => (item.id === id ? changed : item))
    } catch (error) {
      this.error = messageOf(error)
    } finally {
      const rest = new Set(this.retrying)
      rest.delete(id)
      this.retrying = rest
    }
  }

  async #page(cursor: string | undefined) {
    return this.#api.call(messageEndpoints.deliveries, {
      params: { id: this.#messageId },
      query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) },
    })
  }

  /** Only the latest question counts: an earlier one may answer with older statuses. */
  async #ask(
    question: () => Promise<{ items: readonly Delivery[]; nextCursor: string | null }>,
  ): Promise<void> {
    const asked = (this.#asked += 1)
    try {
      const { items, nextCursor } = await question()
      if (asked !== this.#asked) return
      this.#items = items
      this.#nextCursor = nextCursor
      this.error = undefined
    } catch (error) {
      if (asked === this.#asked) this.error = messageOf(error)
    }
  }
}
