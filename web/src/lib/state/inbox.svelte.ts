import { type Conversation, conversationEndpoints } from '@partyline/contracts/api/conversations'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { Api } from '../api.ts'
import { pathOf } from '../conversation-path.ts'
import { everythingOpen, type ListFilter, searchOf } from '../inbox/list-filter.ts'
import { ConversationList } from './conversation-list.svelte.ts'
import type { DraftsState } from './drafts.svelte.ts'
import type { FeedListener } from './feed.svelte.ts'
import { ListCounts } from './list-counts.svelte.ts'

interface Deps {
  api: Api
  userId: string
  drafts: DraftsState
}

const keptLists = 6

/** The inbox: the open conversations, always kept, and those lists that were shown lately. */
export class InboxState implements FeedListener {
  readonly #api: Api
  readonly #userId: string
  /** By address, the one shown last at the end. */
  readonly #lists = new Map<string, ConversationList>()
  readonly open: ConversationList
  readonly counts: ListCounts
  #shown = $state.raw<ConversationList>() as ConversationList
  #current: string | undefined
  /** Loading may begin: the feed has its cursor. */
  #begun = false
  /** Texts not sent yet, by conversation. */
  readonly drafts: DraftsState

  constructor({ api, userId, drafts }: Deps) {
    this.#api = api
    this.#userId = userId
    this.drafts = drafts
    this.open = new ConversationList(api, everythingOpen, userId)
    this.#shown = this.open
    this.counts = new ListCounts(api, userId, () =>
      this.open.loaded && !this.open.hasMore ? this.open.items : undefined,
    )
  }

  get shown(): ConversationList {
    return this.#shown
  }

  get filter(): ListFilter {
    return this.#shown.filter
  }

  /** Conversations with something new. */
  get unread(): number {
    return this.counts.now?.unread ?? 0
  }

  /** The address of the list as it is shown. */
  get home(): string {
    return `/${searchOf(this.filter)}`
  }

  /** Where a conversation is shown beside this list. */
  hrefOf(conversation: Pick<Conversation, 'id' | 'kind'>): string {
    return pathOf(conversation) + searchOf(this.filter)
  }

  get(id: string): Conversation | undefined {
    for (const list of this.#all()) {
      const found = list.get(id)
      if (found) return found
    }
    return undefined
  }

  async load(): Promise<void> {
    this.#begun = true
    const others = this.#shown === this.open ? [] : [this.#shown.load()]
    await Promise.all([this.open.load(), this.counts.load(), ...others])
  }

  async reload(): Promise<boolean> {
    const inSight = new Set([this.open, this.#shown])
    const reloaded = await Promise.all(Array.from(inSight, (list) => list.reload()))
    // Those out of sight load again when they are shown.
    for (const [key, list] of this.#lists) if (list !== this.#shown) this.#lists.delete(key)
    this.counts.changed()
    return !reloaded.includes(false)
  }

  apply(event: FeedEvent): void {
    for (const list of this.#all()) list.apply(event)
    if (event.type === 'conversation.changed' || event.type === 'conversation.deleted') {
      this.counts.changed()
    }
    if (event.type === 'conversation.deleted') this.drafts.delete(event.id)
  }

  show(filter: ListFilter): void {
    const key = searchOf(filter)
    if (key === searchOf(this.filter)) return
    this.#shown.keep(undefined)
    const known = key === '' ? this.open : this.#lists.get(key)
    const list = known ?? new ConversationList(this.#api, filter, this.#userId)
    if (key !== '') {
      this.#lists.delete(key)
      this.#lists.set(key, list)
      const [oldest] = this.#lists.keys()
      if (this.#lists.size > keptLists && oldest !== undefined) this.#lists.delete(oldest)
    }
    list.keep(this.#current)
    this.#shown = list
    if (!known && this.#begun) void list.load()
  }

  /** The conversation that is open beside the list. */
  lookAt(id: string | undefined): void {
    this.#current = id
    this.#shown.keep(id)
  }

  /** Shows what a reply brought before the feed tells everybody. */
  put(conversation: Conversation): void {
    for (const list of this.#all()) list.put(conversation)
  }

  remove(id: string): void {
    for (const list of this.#all()) list.remove(id)
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

  stop(): void {
    this.counts.stop()
  }

  #all(): Set<ConversationList> {
    return new Set([this.open, this.#shown, ...this.#lists.values()])
  }
}
