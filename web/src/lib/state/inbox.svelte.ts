import { type Conversation, conversationEndpoints } from '@partyline/contracts/api/conversations'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { Api } from '../api.ts'
import { type ConversationFilter, ConversationList } from './conversation-list.svelte.ts'
import type { FeedListener } from './feed.svelte.ts'

/** The inbox: the open conversations, always kept, and whichever list is shown instead. */
export class InboxState implements FeedListener {
  readonly #api: Api
  readonly open: ConversationList
  #shown = $state.raw<ConversationList>() as ConversationList
  /** Texts not sent yet, by conversation. */
  readonly drafts = new Map<string, string>()

  constructor(api: Api) {
    this.#api = api
    this.open = new ConversationList(api, { status: 'open', q: '' })
    this.#shown = this.open
  }

  get shown(): ConversationList {
    return this.#shown
  }

  get filter(): ConversationFilter {
    return this.#shown.filter
  }

  get unread(): number {
    return this.open.unread
  }

  async load(): Promise<void> {
    await this.open.load()
  }

  async reload(): Promise<boolean> {
    const lists = new Set([this.open, this.#shown])
    const reloaded = await Promise.all(Array.from(lists, (list) => list.reload()))
    return !reloaded.includes(false)
  }

  apply(event: FeedEvent): void {
    this.open.apply(event)
    if (this.#shown !== this.open) this.#shown.apply(event)
  }

  show(change: Partial<ConversationFilter>): void {
    const filter = { ...this.filter, ...change }
    if (filter.status === this.filter.status && filter.q === this.filter.q) return
    if (filter.status === 'open' && filter.q === '') {
      this.#shown = this.open
      return
    }
    this.#shown = new ConversationList(this.#api, filter)
    void this.#shown.reload()
  }

  /** Shows what a reply brought before the feed tells everybody. */
  put(conversation: Conversation): void {
    this.open.put(conversation)
    if (this.#shown !== this.open) this.#shown.put(conversation)
  }

  remove(id: string): void {
    this.open.remove(id)
    this.#shown.remove(id)
    this.drafts.delete(id)
  }

  async findByAddress(address: string): Promise<Conversation | undefined> {
    const { items } = await this.#api.call(conversationEndpoints.list, { query: { q: address } })
    return items.find((found) => found.address === address)
  }

  async start(
    given:
      | { lineId: string; address: string }
      | { lineId: string; contactId: string }
      | { name: string; userIds: string[] },
  ): Promise<Conversation> {
    const conversation = await this.#api.call(conversationEndpoints.create, { body: given })
    this.put(conversation)
    return conversation
  }
}
