import {
  type Conversation,
  conversationEndpoints,
  type conversationStatuses,
} from '@partyline/contracts/api/conversations'
import { type Message, messageEndpoints } from '@partyline/contracts/api/messages'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { Api } from '../api.ts'
import { ApiError, messageOf } from '../api-error.ts'
import { Collection } from './collection.svelte.ts'
import type { FeedListener, FeedState } from './feed.svelte.ts'
import { followFirst } from './follow-first.ts'
import { type Draft, Outbox } from './outbox.svelte.ts'
import { type Row, toRows } from './thread-messages.ts'

interface Deps {
  api: Api
  feed: Pick<FeedState, 'listen' | 'follow'>
  userId: string
  /** A text given back as not sent was sent after all. */
  onlate: (draft: Draft) => void
}

/** One open conversation and its messages. */
export class ThreadState implements FeedListener {
  readonly id: string
  readonly outbox: Outbox
  readonly #deps: Deps
  readonly #conversation = new Collection<Conversation>()
  readonly #messages = new Collection<Message>()
  #nextCursor = $state.raw<string | null>(null)
  /** Where the loaded pages begin. Older ones come with their page, or there would be a hole. */
  #floor = $state.raw(0)
  #reading = false
  phase = $state<'loading' | 'ready' | 'missing' | 'failed'>('loading')
  error = $state<string | undefined>(undefined)
  loadingOlder = $state(false)
  readonly conversation: Conversation | undefined = $derived(
    Array.from(this.#conversation.all).at(0),
  )
  readonly rows: readonly Row[] = $derived.by(() => {
    const kind = this.conversation?.kind
    return toRows(
      Array.from(this.#messages.all)
        .filter(({ seq }) => seq >= this.#floor)
        .sort((a, b) => a.seq - b.seq),
      this.outbox.outgoing,
      { userId: this.#deps.userId, namesOthers: kind !== 'direct', isWeb: kind === 'web' },
    )
  })

  constructor(id: string, deps: Deps) {
    this.id = id
    this.#deps = deps
    this.outbox = new Outbox({
      api: deps.api,
      conversationId: id,
      onsent: (message) => this.#put(message),
      onlate: deps.onlate,
    })
  }

  get hasOlder(): boolean {
    return this.#nextCursor !== null
  }

  open(): () => void {
    return followFirst(this.#deps.feed, this.id, this)
  }

  async reload(): Promise<boolean> {
    await this.load()
    return this.error === undefined || this.phase === 'missing'
  }

  async load(): Promise<void> {
    const params = { id: this.id }
    const marks = { conversation: this.#conversation.mark(), messages: this.#messages.mark() }
    try {
      const [conversation, page] = await Promise.all([
        this.#deps.api.call(conversationEndpoints.get, { params }),
        this.#deps.api.call(messageEndpoints.list, { params }),
      ])
      this.#conversation.merge([conversation], marks.conversation)
      this.#messages.reset(page.items, marks.messages)
      this.#showFrom(page)
      this.phase = 'ready'
      this.error = undefined
    } catch (error) {
      const missing =
        error instanceof ApiError && ['not_found', 'invalid_request'].includes(error.code)
      this.error = messageOf(error)
      if (missing) this.phase = 'missing'
      else if (this.phase !== 'ready') this.phase = 'failed'
    }
  }

  async loadOlder(): Promise<void> {
    const cursor = this.#nextCursor
    if (cursor === null || this.loadingOlder) return
    this.loadingOlder = true
    const mark = this.#messages.mark()
    try {
      const page = await this.#deps.api.call(messageEndpoints.list, {
        params: { id: this.id },
        query: { cursor },
      })
      // A reload in between began again from the newest page.
      if (this.#nextCursor !== cursor) return
      this.#messages.merge(page.items, mark)
      this.#showFrom(page)
    } finally {
      this.loadingOlder = false
    }
  }

  apply(event: FeedEvent): void {
    if (event.type === 'conversation.changed' && event.conversation.id === this.id) {
      this.#conversation.put(event.conversation)
    }
    if (event.type === 'conversation.deleted' && event.id === this.id) this.phase = 'missing'
    if (event.type === 'message.created' || event.type === 'message.changed') {
      if (event.message.conversationId === this.id) this.#take(event.message)
    }
  }

  async markRead(): Promise<void> {
    if (this.#reading) return
    this.#reading = true
    try {
      await this.change({ read: true })
    } catch (error) {
      // The next message or visit tries again; nobody needs to act.
      if (!(error instanceof ApiError)) throw error
    } finally {
      this.#reading = false
    }
  }

  async change(change: {
    status?: (typeof conversationStatuses)[number]
    name?: string
    read?: true
  }): Promise<Conversation> {
    const mark = this.#conversation.mark()
    const changed = await this.#deps.api.call(conversationEndpoints.change, {
      params: { id: this.id },
      body: change,
    })
    this.#conversation.merge([changed], mark)
    return changed
  }

  async remove(): Promise<void> {
    await this.#deps.api.call(conversationEndpoints.remove, { params: { id: this.id } })
    this.phase = 'missing'
  }

  async retry(deliveryId: string): Promise<void> {
    await this.#deps.api.call(messageEndpoints.retry, { params: { id: deliveryId } })
  }

  message(id: string): Message | undefined {
    return this.#messages.get(id)
  }

  #take(message: Message): void {
    // One that waits for its time has no place in the thread yet.
    if (message.sendAt !== null) return
    this.#put(message)
  }

  #showFrom({ items, nextCursor }: { items: readonly Message[]; nextCursor: string | null }): void {
    this.#nextCursor = nextCursor
    this.#floor = nextCursor === null ? 0 : (items.at(-1)?.seq ?? 0)
  }

  #put(message: Message): void {
    this.#messages.put(message)
    if (message.clientKey !== null) this.outbox.settle(message.clientKey)
  }
}
