import type { Message } from '@partyline/contracts/api/messages'
import { noteEndpoints } from '@partyline/contracts/api/notes'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { Api } from '../api.ts'
import { messageOf } from '../api-error.ts'
import { Collection } from '../state/collection.svelte.ts'
import type { FeedListener, FeedState } from '../state/feed.svelte.ts'

interface Deps {
  api: Api
  feed: Pick<FeedState, 'listen'>
}

/** What colleagues wrote about a conversation, or its contact, newest first. */
export class NotesState implements FeedListener {
  readonly #conversationId: string
  readonly #deps: Deps
  readonly #found = new Collection<Message>()
  loaded = $state(false)
  error = $state<string | undefined>()
  readonly items: readonly Message[] = $derived(
    Array.from(this.#found.all).sort((a, b) => b.createdAt.localeCompare(a.createdAt)),
  )

  constructor(conversationId: string, deps: Deps) {
    this.#conversationId = conversationId
    this.#deps = deps
  }

  open(): () => void {
    void this.reload()
    return this.#deps.feed.listen(this)
  }

  async reload(): Promise<boolean> {
    const mark = this.#found.mark()
    try {
      const { items } = await this.#deps.api.call(noteEndpoints.list, {
        params: { id: this.#conversationId },
        query: { limit: 20 },
      })
      this.#found.reset(items, mark)
      this.loaded = true
      this.error = undefined
    } catch (error) {
      this.error = messageOf(error)
    }
    return this.error === undefined
  }

  apply(event: FeedEvent): void {
    if (event.type !== 'message.created' && event.type !== 'message.changed') return
    const { message } = event
    if (message.kind === 'note' && message.conversationId === this.#conversationId) {
      this.#found.put(message)
    }
  }
}
