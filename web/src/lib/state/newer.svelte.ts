import type { Message } from '@partyline/contracts/api/messages'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { FeedListener } from './feed.svelte.ts'

interface Deps {
  conversationId: string
  userId: string
  /** Something is in the box. */
  isWriting: () => boolean
}

/** What was said by others while one wrote: an answer to something else may need other words. */
export class NewerState implements FeedListener {
  readonly #deps: Deps
  #message = $state.raw<Message | null>(null)
  /** The first press of send has been answered with a question. */
  asks = $state(false)

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** The last of them; null when there is none, or it was seen. */
  get message(): Message | null {
    return this.#message
  }

  apply(event: FeedEvent): void {
    if (event.type !== 'message.created') return
    const { message } = event
    if (message.conversationId !== this.#deps.conversationId || !this.#deps.isWriting()) return
    if (this.#isByOther(message)) this.#message = message
  }

  async reload(): Promise<boolean> {
    return true
  }

  /** Whether it may be sent; the first time it asks instead. */
  allow(): boolean {
    if (this.#message === null || this.asks) return true
    this.asks = true
    return false
  }

  clear(): void {
    this.#message = null
    this.asks = false
  }

  #isByOther({ author, kind }: Message): boolean {
    if (kind !== 'text' && kind !== 'note') return false
    return author.kind !== 'user' || author.id !== this.#deps.userId
  }
}
