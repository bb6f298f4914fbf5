import type { Delivery, deliveryFilters } from '@partyline/contracts/api/deliveries'
import type { ReviewCause } from '@partyline/contracts/delivery-causes'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { type Retryable, threadEndpoints } from '@partyline/contracts/api/thread'
import type { Api } from '../api.ts'
import { messageOf } from '../api-error.ts'
import { leftOutWords } from '../left-out-words.ts'

export type DeliveryFilter = (typeof deliveryFilters)[number]

/** Who got one message, who did not, and why. */
export class DeliveriesState {
  readonly #api: Api
  readonly #messageId: string
  #items = $state.raw<readonly Delivery[]>([])
  #nextCursor = $state.raw<string | null | undefined>(undefined)
  #filter = $state.raw<DeliveryFilter>()
  #asked = 0
  #retryable = $state.raw<Retryable>()
  error = $state<string | undefined>(undefined)
  /** What became of those that were asked for and not sent. */
  note = $state('')
  retrying = $state.raw<ReadonlySet<string>>(new Set())

  constructor(api: Api, messageId: string) {
    this.#api = api
    this.#messageId = messageId
  }

  get items(): readonly Delivery[] {
    return this.#items
  }

  get filter(): DeliveryFilter | undefined {
    return this.#filter
  }

  /** Of all of them, however many are loaded. */
  get retryable(): Retryable | undefined {
    return this.#retryable
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

  async show(filter: DeliveryFilter | undefined): Promise<void> {
    this.#filter = filter
    await this.#ask(() => this.#page(undefined))
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
    await this.#busy(id, async () => {
      const changed = await this.#api.call(messageEndpoints.retry, { params: { id } })
      this.#items = this.#items.map((item) => (item.id === id ? changed : item))
    })
  }

  /** All that failed. */
  async retryFailed(): Promise<void> {
    await this.#busy('failed', async () => {
      const params = { id: this.#messageId }
      this.note = leftOutWords(await this.#api.call(threadEndpoints.retryFailed, { params }))
      await this.load()
    })
  }

  /** All that wait for a person for one reason: one request takes only so many. */
  async retryHeld(cause: ReviewCause): Promise<void> {
    await this.#busy('held', async () => {
      const body = { cause, messageId: this.#messageId }
      let answer
      do answer = await this.#api.call(messageEndpoints.retryHeld, { body })
      while (answer.left > 0 && answer.queued > 0)
      this.note = leftOutWords(answer)
      await this.load()
    })
  }

  async #busy(what: string, action: () => Promise<void>): Promise<void> {
    this.retrying = new Set(this.retrying).add(what)
    this.error = undefined
    try {
      await action()
    } catch (error) {
      this.error = messageOf(error)
    } finally {
      const rest = new Set(this.retrying)
      rest.delete(what)
      this.retrying = rest
    }
  }

  async #page(cursor: string | undefined) {
    return this.#api.call(messageEndpoints.deliveries, {
      params: { id: this.#messageId },
      query: {
        limit: 100,
        ...(this.#filter && { filter: this.#filter }),
        ...(cursor === undefined ? {} : { cursor }),
      },
    })
  }

  /** Only the latest question counts: an earlier one may answer with older statuses. */
  async #ask(
    question: () => Promise<{ items: readonly Delivery[]; nextCursor: string | null }>,
  ): Promise<void> {
    const asked = (this.#asked += 1)
    try {
      const params = { id: this.#messageId }
      const [{ items, nextCursor }, retryable] = await Promise.all([
        question(),
        this.#api.call(threadEndpoints.retryable, { params }),
      ])
      if (asked !== this.#asked) return
      this.#items = items
      this.#retryable = retryable
      this.#nextCursor = nextCursor
      this.error = undefined
    } catch (error) {
      if (asked === this.#asked) this.error = messageOf(error)
    }
  }
}
