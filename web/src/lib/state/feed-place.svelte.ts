import { type FeedEvent, feedEndpoints } from '@partyline/contracts/feed'
import type { Api } from '../api.ts'
import { ApiError } from '../api-error.ts'
import type { FeedListeners } from './feed-listeners.ts'

interface Deps {
  api: Api
  listeners: FeedListeners
  isConnected: () => boolean
}

/** Up to where the feed has been told, without a gap: what comes live waits while what was missed is fetched. */
export class FeedPlace {
  readonly #deps: Deps
  #cursor: string | undefined
  /** Live events that wait for the catch-up under way; undefined when none is. */
  #waiting: FeedEvent[] | undefined
  #whole = $state(false)

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** All is told, and what happens next comes live. */
  get whole(): boolean {
    return this.#whole
  }

  get catchingUp(): boolean {
    return this.#waiting !== undefined
  }

  /** Where the feed is now: what was before this is not told. */
  async begin(): Promise<void> {
    this.#cursor = await this.#present()
  }

  /** Nothing comes live any more. */
  lose(): void {
    this.#whole = false
  }

  /** The server says that there is nothing else up to here. */
  move(cursor: string): void {
    if (this.#waiting === undefined && this.#whole) this.#cursor = cursor
  }

  /** What came live. */
  take(event: FeedEvent): void {
    if (this.#waiting !== undefined) {
      this.#waiting.push(event)
      return
    }
    this.#deps.listeners.tell(event)
    // Before the gap is closed the cursor must stay in front of it.
    if (this.#whole) this.#cursor = event.cursor
  }

  async catchUp(): Promise<void> {
    this.#waiting = []
    try {
      const from = await this.#tellMissed()
      // What waited may have been read before what was fetched; until what made the difference comes
      // live too, a break must lead back to where both are told again.
      if (this.#release()) this.#cursor = from
      this.#whole = this.#deps.isConnected()
    } catch (error) {
      this.#release()
      this.#whole = false
      throw error
    }
  }

  /** Resolves to the cursor from which on everything has been told. */
  async #tellMissed(): Promise<string | undefined> {
    const { api, listeners } = this.#deps
    let from = this.#cursor
    try {
      for (let hasMore = true; hasMore;) {
        const reply = await api.call(feedEndpoints.list, {
          query: { after: this.#cursor, limit: 100 },
        })
        for (const event of reply.items) listeners.tell(event)
        this.#cursor = reply.cursor
        hasMore = reply.hasMore
      }
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'feed_cursor_expired') throw error
      from = await this.#present()
      // All of it is older than what the reload brings, and would win over that.
      this.#waiting = []
      const reloaded = await listeners.reload()
      // The cursor stays the expired one, so that trying again comes here again.
      if (!reloaded) throw new ApiError('unavailable', 'Not everything was loaded.')
      this.#cursor = from
    }
    return from
  }

  /**
   * All that waited, in its order, what was fetched as well included. Of several changes of one thing only
   * the last is fetched: without it the ones before it, read earlier, would have the last word.
   */
  #release(): boolean {
    const waited = this.#waiting ?? []
    this.#waiting = undefined
    for (const event of waited) this.#deps.listeners.tell(event)
    return waited.length > 0
  }

  async #present(): Promise<string> {
    return (await this.#deps.api.call(feedEndpoints.list)).cursor
  }
}
