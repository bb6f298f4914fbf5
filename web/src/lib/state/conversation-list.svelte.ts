import {
  type Conversation,
  conversationEndpoints,
  type conversationStatuses,
} from '@partyline/contracts/api/conversations'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { Api } from '../api.ts'
import { messageOf } from '../api-error.ts'
import { Collection } from './collection.svelte.ts'
import type { FeedListener } from './feed.svelte.ts'

export interface ConversationFilter {
  status: (typeof conversationStatuses)[number]
  q: string
}

const newestFirst = (a: Conversation, b: Conversation) =>
  b.lastMessageAt.localeCompare(a.lastMessageAt) || b.id.localeCompare(a.id)

/** The conversations of one filter: keyset pages from the api, kept true and in order by the feed. */
export class ConversationList implements FeedListener {
  readonly filter: ConversationFilter
  readonly #api: Api
  readonly #found = new Collection<Conversation>()
  #nextCursor = $state.raw<string | null | undefined>(undefined)
  /** Where the loaded pages end. Older ones come with their page, not before. */
  #floor = $state.raw('')
  #asked = 0
  loading = $state(false)
  error = $state<string | undefined>(undefined)
  readonly items: readonly Conversation[] = $derived(
    Array.from(this.#found.all)
      .filter(({ lastMessageAt }) => lastMessageAt >= this.#floor)
      .sort(newestFirst),
  )
  readonly unread: number = $derived(this.items.reduce((sum, { unread }) => sum + unread, 0))

  constructor(api: Api, filter: ConversationFilter) {
    this.#api = api
    this.filter = filter
  }

  get loaded(): boolean {
    return this.#nextCursor !== undefined
  }

  get hasMore(): boolean {
    return typeof this.#nextCursor === 'string'
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
    if (event.type === 'conversation.deleted') this.#found.remove(event.id)
    if (event.type === 'conversation.changed') this.put(event.conversation)
  }

  put(conversation: Conversation): void {
    if (this.#belongs(conversation)) this.#found.put(conversation)
    else this.#found.remove(conversation.id)
  }

  remove(id: string): void {
    this.#found.remove(id)
  }

  async #ask(cursor: string | undefined): Promise<void> {
    const asked = (this.#asked += 1)
    const mark = this.#found.mark()
    this.loading = true
    this.error = undefined
    try {
      const { status, q } = this.filter
      const query = { status, ...(q === '' ? {} : { q }), ...(cursor ? { cursor } : {}) }
      const page = await this.#api.call(conversationEndpoints.list, { query })
      if (asked !== this.#asked) return
      if (cursor === undefined) this.#found.reset(page.items, mark)
      else this.#found.merge(page.items, mark)
      this.#nextCursor = page.nextCursor
      this.#floor = page.nextCursor === null ? '' : (page.items.at(-1)?.lastMessageAt ?? '')
    } catch (error) {
      if (asked === this.#asked) this.error = messageOf(error)
    } finally {
      if (asked === this.#asked) this.loading = false
    }
  }

  /** What the api's search would say, as far as the browser can tell; one it found once stays. */
  #belongs(conversation: Conversation): boolean {
    if (conversation.status !== this.filter.status) return false
    const q = this.filter.q.toLowerCase()
    if (q === '' || this.#found.get(conversation.id)) return true
    const { name, address, displayAddress } = conversation
    return [name, address, displayAddress].some((text) => text?.toLowerCase().includes(q))
  }
}
