import { type Conversation, conversationEndpoints } from '@partyline/contracts/api/conversations'
import { type Message, messageEndpoints } from '@partyline/contracts/api/messages'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { z } from 'zod'
import type { Api } from '../api.ts'
import { ApiError, messageOf } from '../api-error.ts'
import { Collection } from './collection.svelte.ts'
import type { FeedListener, FeedState } from './feed.svelte.ts'
import type { Tried } from './drafts.svelte.ts'
import { followFirst } from './follow-first.ts'
import { type Draft, Outbox } from './outbox.svelte.ts'
import { firstUnread } from './first-unread.ts'
import { type Row, toRows } from './thread-messages.ts'
import { ThreadWindow } from './thread-window.svelte.ts'

interface Deps {
  api: Api
  feed: Pick<FeedState, 'listen' | 'follow'>
  userId: string
  /** The message to begin at; else the newest. */
  around?: number | undefined
  /** A text given back as not sent was sent after all. */
  onlate: (draft: Draft) => void
}

type Change = z.input<typeof conversationEndpoints.change.body>

/** One open conversation and its messages. */
export class ThreadState implements FeedListener {
  readonly id: string
  readonly outbox: Outbox
  readonly window: ThreadWindow
  readonly #deps: Deps
  readonly #conversation = new Collection<Conversation>()
  #deleted = false
  #reading = false
  /** Something new came while it was being marked, which that mark may not cover. */
  #readAgain = false
  /** What was unread when it was opened: how many, and up to which place. Stays while it is open. */
  #unread = $state.raw<{ count: number; upTo: number }>()
  phase = $state<'loading' | 'ready' | 'missing' | 'failed'>('loading')
  error = $state<string | undefined>(undefined)
  readonly conversation: Conversation | undefined = $derived(
    Array.from(this.#conversation.all).at(0),
  )
  /** The first message that was unread when it was opened, once it is loaded. */
  readonly firstUnread: number | undefined = $derived.by(() => {
    const { items, hasOlder } = this.window
    return this.#unread && firstUnread(items, { ...this.#unread, hasOlder })
  })
  readonly rows: readonly Row[] = $derived.by(() => {
    const kind = this.conversation?.kind
    const { items, isLive } = this.window
    return toRows(items, isLive ? this.outbox.outgoing : [], {
      ...{ userId: this.#deps.userId, namesOthers: kind !== 'direct', isWeb: kind === 'web' },
      other: kind === 'direct' ? this.conversation?.name : undefined,
      firstUnread: this.firstUnread,
    })
  })

  constructor(id: string, deps: Deps) {
    this.id = id
    this.#deps = deps
    this.window = new ThreadWindow(deps.api, id)
    this.outbox = new Outbox({
      api: deps.api,
      conversationId: id,
      onsent: (message) => this.#put(message),
      onlate: deps.onlate,
    })
  }

  get unreadAtFirst(): number {
    return this.#unread?.count ?? 0
  }

  open(): () => void {
    return followFirst(this.#deps.feed, this.id, this)
  }

  async reload(): Promise<boolean> {
    await this.load()
    return this.error === undefined || this.phase === 'missing'
  }

  async load(): Promise<void> {
    const mark = this.#conversation.mark()
    try {
      const [conversation] = await Promise.all([
        this.#deps.api.call(conversationEndpoints.get, { params: { id: this.id } }),
        this.#loadWindow(),
      ])
      this.#conversation.merge([conversation], mark)
      this.#unread ??= { count: conversation.unread, upTo: this.window.lastSeq }
      // Deleted since it was asked for: what came is how it was.
      if (!this.#deleted) this.phase = 'ready'
      this.error = undefined
    } catch (error) {
      const missing =
        error instanceof ApiError && ['not_found', 'invalid_request'].includes(error.code)
      this.error = messageOf(error)
      if (missing) this.phase = 'missing'
      else if (this.phase !== 'ready') this.phase = 'failed'
    }
  }

  /** Where one was reading, else where one was sent to, else at the newest. */
  async #loadWindow(): Promise<void> {
    const { window } = this
    const middle = window.items[Math.floor(window.items.length / 2)]
    const around = window.isLive && middle ? undefined : (middle?.seq ?? this.#deps.around)
    if (around === undefined) await window.loadLatest()
    else await window.loadAround({ around })
    this.#settleShown()
  }

  /** What a draft kept may have been sent, and be here by now. */
  recall(tried: Tried): void {
    this.outbox.recall(tried)
    this.#settleShown()
  }

  #settleShown(): void {
    for (const { clientKey } of this.window.items) {
      if (clientKey !== null) this.outbox.settle(clientKey)
    }
  }

  apply(event: FeedEvent): void {
    if (event.type === 'conversation.changed' && event.conversation.id === this.id) {
      this.#conversation.put(event.conversation)
    }
    if (event.type === 'conversation.deleted' && event.id === this.id) this.#end()
    if (event.type === 'message.created' || event.type === 'message.changed') {
      // One that waits for its time has no place in the thread yet.
      const { message } = event
      if (message.conversationId === this.id && message.sendAt === null) this.#put(message)
    }
  }

  async markRead(): Promise<void> {
    this.#readAgain = true
    if (this.#reading) return
    this.#reading = true
    try {
      while (this.#readAgain) {
        this.#readAgain = false
        await this.change({ read: true })
      }
    } catch (error) {
      // The next message or visit tries again; nobody needs to act.
      if (!(error instanceof ApiError)) throw error
    } finally {
      this.#reading = false
    }
  }

  async change(change: Change): Promise<Conversation> {
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
    this.#end()
  }

  async retry(deliveryId: string): Promise<void> {
    await this.#deps.api.call(messageEndpoints.retry, { params: { id: deliveryId } })
  }

  message(id: string): Message | undefined {
    return this.window.get(id)
  }

  #end(): void {
    this.#deleted = true
    this.phase = 'missing'
  }

  #put(message: Message): void {
    const { kind, id } = message.author
    this.window.put(message, { isOwn: kind === 'user' && id === this.#deps.userId })
    if (message.clientKey !== null) this.outbox.settle(message.clientKey)
  }
}
