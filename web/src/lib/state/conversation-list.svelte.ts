import { type Conversation, conversationEndpoints } from '@partyline/contracts/api/conversations'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { Api } from '../api.ts'
import { messageOf } from '../api-error.ts'
import { belongs, compareIn, type ListFilter, queryOf } from '../inbox/list-filter.ts'
import { Collection } from './collection.svelte.ts'
import type { FeedListener } from './feed.svelte.ts'

/** Of all pages but the first, whose size the installation sets. */
const pageSize = 50

/** The conversations of one filter: keyset pages from the api, kept true and in order by the feed. */
export class ConversationList implements FeedListener {
  readonly filter: ListFilter
  readonly #api: Api
  readonly #userId: string
  readonly #found = new Collection<Conversation>()
  readonly #compare: (a: Conversation, b: Conversation) => number
  #nextCursor = $state.raw<string | null | undefined>(undefined)
  /** Where the loaded pages end. What comes behind it comes with its page, not before. */
  #floor = $state.raw<Conversation | undefined>(undefined)
  #asked = 0
  /** The one that is open: it stays where it is, also when reading it takes it out of this list. */
  #kept: string | undefined
  loading = $state(false)
  error = $state<string | undefined>(undefined)
  /** How far it is scrolled, for when somebody comes back to it. */
  scrolledTo = 0
  readonly items: readonly Conversation[] = $derived.by(() => {
    const floor = this.#floor
    const reached = Array.from(this.#found.all).filter(
      (one) => floor === undefined || this.#compare(one, floor) <= 0,
    )
    return reached.sort(this.#compare)
  })

  constructor(api: Api, filter: ListFilter, userId: string) {
    this.#api = api
    this.filter = filter
    this.#userId = userId
    this.#compare = compareIn(filter)
  }

  get loaded(): boolean {
    return this.#nextCursor !== undefined
  }

  get hasMore(): boolean {
    return typeof this.#nextCursor === 'string'
  }

  get(id: string): Conversation | undefined {
    return this.#found.get(id)
  }

  async reload(): Promise<boolean> {
    await this.#ask(undefined)
    return this.error === undefined
  }

  async load(): Promise<void> {
    await this.#ask(undefined)
  }

  async loadMore(): Promise<void> {
    if (this.loading || typeof this.#nextCursor !== 'string') return
    await this.#ask(this.#nextCursor)
  }

  apply(event: FeedEvent): void {
    if (event.type === 'conversation.deleted') this.remove(event.id)
    if (event.type === 'conversation.changed') this.put(event.conversation)
  }

  put(conversation: Conversation): void {
    const { id, status } = conversation
    const { view } = this.filter
    const stays =
      id === this.#kept && status === 'open' && view !== 'closed' && view !== 'scheduled'
    if (this.#belongs(conversation)) this.#found.put(conversation)
    else if (stays && this.#found.get(id)) this.#found.put(this.#inItsPlace(conversation))
    else if (this.#found.get(id)) this.#found.remove(id)
    // A reply under way may still bring it as it was before.
    else this.#found.touch(id)
  }

  remove(id: string): void {
    this.#found.remove(id)
  }

  /** Keeps the open one in sight; the one before goes if it no longer belongs here. */
  keep(id: string | undefined): void {
    if (id === this.#kept) return
    const before = this.#kept === undefined ? undefined : this.#found.get(this.#kept)
    this.#kept = id
    if (before && !this.#belongs(before)) this.#found.remove(before.id)
  }

  /** Its neighbour: below, or the last one left above. */
  next(id: string): Conversation | undefined {
    const at = this.items.findIndex((one) => one.id === id)
    return at < 0 ? this.items[0] : (this.items[at + 1] ?? this.items[at - 1])
  }

  /** Answered while it is open, it has no waiting time to be sorted by any more. */
  #inItsPlace(conversation: Conversation): Conversation {
    const { waitingSince } = this.#found.get(conversation.id) ?? conversation
    return this.filter.view === 'waiting' ? { ...conversation, waitingSince } : conversation
  }

  #belongs(conversation: Conversation): boolean {
    return belongs(conversation, this.filter, this.#userId)
  }

  async #ask(cursor: string | undefined): Promise<void> {
    const asked = (this.#asked += 1)
    const mark = this.#found.mark()
    this.loading = true
    this.error = undefined
    try {
      const query = { ...queryOf(this.filter), ...(cursor && { cursor, limit: pageSize }) }
      const page = await this.#api.call(conversationEndpoints.list, { query })
      if (asked !== this.#asked) return
      if (cursor === undefined) this.#found.reset(page.items, mark)
      else this.#found.merge(page.items, mark)
      this.#nextCursor = page.nextCursor
      this.#floor = page.nextCursor === null ? undefined : page.items.at(-1)
    } catch (error) {
      if (asked === this.#asked) this.error = messageOf(error)
    } finally {
      if (asked === this.#asked) this.loading = false
    }
  }
}
