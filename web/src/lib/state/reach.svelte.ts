import { priceEndpoints, type SegmentPrice } from '@partyline/contracts/api/prices'
import { type Reach, reachEndpoints } from '@partyline/contracts/api/reach'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { Api } from '../api.ts'
import { ApiError } from '../api-error.ts'
import { costOf, type Cost } from '../composer/cost.ts'
import type { FeedListener } from './feed.svelte.ts'

/** A price that nobody had asked for yet is there after a moment. */
const priceComesInMs = 8_000
/** A list of members that is being pasted changes many times in a second. */
const settlesInMs = 400

/** Who a text into one conversation would go to, and what it would cost. A help only: sending waits for neither. */
export class ReachState implements FeedListener {
  readonly #api: Api
  readonly #id: string
  #asked = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #triedAgain = false
  #reach = $state.raw<Reach>()
  #prices = $state.raw<readonly SegmentPrice[]>([])

  constructor(api: Api, conversationId: string) {
    this.#api = api
    this.#id = conversationId
  }

  /** Undefined until it is known. */
  get reach(): Reach | undefined {
    return this.#reach
  }

  costOf(segments: number): Cost | undefined {
    return this.#reach && costOf(this.#reach.countries, this.#prices, segments)
  }

  async load(): Promise<void> {
    const asked = (this.#asked += 1)
    try {
      const reach = await this.#api.call(reachEndpoints.get, { params: { id: this.#id } })
      if (asked !== this.#asked) return
      this.#reach = reach
      if (reach.countries.length > 0) await this.#loadPrices(asked)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
    }
  }

  async reload(): Promise<boolean> {
    if (this.#asked > 0) await this.load()
    return true
  }

  apply(event: FeedEvent): void {
    if (this.#asked > 0 && this.#concerns(event)) this.#soon(() => void this.load(), settlesInMs)
  }

  stop(): void {
    // What is under way must begin nothing new.
    this.#asked = 0
    clearTimeout(this.#timer)
  }

  /** A text of theirs changes the conversation too, and opens it for another day. */
  #concerns(event: FeedEvent): boolean {
    if (event.type === 'member.changed') return event.member.conversationId === this.#id
    if (event.type === 'member.removed') return event.conversationId === this.#id
    if (event.type !== 'conversation.changed') return false
    return event.conversation.id === this.#id && event.conversation.kind === 'direct'
  }

  async #loadPrices(asked: number): Promise<void> {
    this.#prices = (await this.#api.call(priceEndpoints.list)).items
    if (asked !== this.#asked) return
    if (this.costOf(1) || this.#triedAgain || this.#reach?.now === 0) return
    this.#triedAgain = true
    this.#soon(() => void this.load(), priceComesInMs)
  }

  #soon(action: () => void, inMs: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(action, inMs)
  }
}
