import type { Conversation } from '@partyline/contracts/api/conversations'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { FeedListener } from '../state/feed.svelte.ts'

export interface News {
  conversation: Conversation
  /** `in`: somebody texted. `out`: this user did, wherever. */
  way: 'in' | 'out'
}

interface Deps {
  userName: string
  now: () => number
  tell: (news: News) => void
}

/** What is older was missed, and is no news any more: it is seen in the list. */
const youngMs = 2_000

/** Finds in the feed what somebody may want to hear: texts of this moment, each once. */
export class NewsFinder implements FeedListener {
  readonly #deps: Deps
  readonly #told = new Map<string, string>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  async reload(): Promise<boolean> {
    return true
  }

  apply(event: FeedEvent): void {
    if (event.type !== 'conversation.changed') return
    const { conversation } = event
    const { id, lastMessage, lastMessageAt } = conversation
    if (!lastMessage || this.#told.get(id) === lastMessage.id) return
    this.#told.set(id, lastMessage.id)
    if (this.#deps.now() - Date.parse(lastMessageAt) >= youngMs) return
    if (lastMessage.direction === 'inbound') this.#deps.tell({ conversation, way: 'in' })
    else if (lastMessage.authorName === this.#deps.userName) {
      this.#deps.tell({ conversation, way: 'out' })
    }
  }
}
