import { type FeedEvent, feedEndpoints } from '@partyline/contracts/feed'
import type { Api } from '../api.ts'
import { ApiError } from '../api-error.ts'
import type { Realtime } from '../realtime.ts'
import { Backoff } from './backoff.ts'
import { FeedListeners } from './feed-listeners.ts'
import type { PresenceState } from './presence.svelte.ts'

/** `polling`: no live connection comes about, and the api is asked for changes instead. */
export type Connection = 'live' | 'polling' | 'reconnecting' | 'offline'

export interface FeedListener {
  apply(event: FeedEvent): void
  /** Too much was missed to be told one by one: ask for everything again. False when that failed. */
  reload(): Promise<boolean>
}

const pollMs = 5_000

interface Deps {
  api: Api
  realtime: Realtime
  isOnline: () => boolean
  /** Who is where, which the feed has no part in but comes by the same connection. */
  presence?: Pick<PresenceState, 'takePresence' | 'takeTyping' | 'sayAgain'>
  /** Told of a listener that throws; else the browser's console is. */
  onfailure?: (error: unknown) => void
}

/**
 * Follows the feed without a gap: after every break the changes since the cursor are fetched while
 * live ones wait, then those are applied.
 */
export class FeedState {
  readonly #deps: Deps
  readonly #listeners: FeedListeners
  readonly #realtime: Realtime
  #cursor: string | undefined
  readonly #begun = Promise.withResolvers<undefined>()
  /** Live events that wait for the catch-up under way; undefined when none is. */
  #waiting: FeedEvent[] | undefined
  #again = false
  /** Ends when it is stopped, or the session is over. */
  readonly #backoff = new Backoff()
  #caughtUp = $state(false)
  /** Asking worked, while no connection came about. */
  #polls = $state(false)
  #online = $state(true)
  readonly connection: Connection = $derived.by(() => {
    if (!this.#online) return 'offline'
    if (this.#caughtUp) return 'live'
    return this.#polls ? 'polling' : 'reconnecting'
  })

  constructor(deps: Deps) {
    this.#deps = deps
    this.#realtime = deps.realtime
    this.#online = deps.isOnline()
    this.#listeners = new FeedListeners(deps.onfailure ?? ((error) => reportError(error)))
  }

  /** Take the cursor before anything is loaded, so that nothing falls between load and feed. */
  async start(): Promise<void> {
    this.#cursor = await this.#presentCursor()
    // Signed out while it was asked: no connection may come about any more.
    if (this.#backoff.ended) return
    this.#begun.resolve(undefined)
    this.#realtime.start({
      feed: (event) => this.#take(event),
      head: ({ cursor }) => {
        if (this.#waiting === undefined && this.#caughtUp) this.#cursor = cursor
      },
      presence: (now) => this.#deps.presence?.takePresence(now),
      typing: (now) => this.#deps.presence?.takeTyping(now),
      ready: () => {
        this.#deps.presence?.sayAgain()
        void this.catchUp()
      },
      lost: () => {
        this.#caughtUp = false
        this.#pollSoon()
      },
      refused: ({ triesAgain }) => {
        this.#caughtUp = false
        void this.#askInstead(triesAgain)
      },
    })
    this.#pollSoon()
  }

  stop(): void {
    this.#backoff.end()
    this.#listeners.clear()
    this.#realtime.stop()
  }

  listen(listener: FeedListener): () => void {
    return this.#listeners.add(listener)
  }

  follow(conversationId: string): { following: Promise<void>; unfollow: () => void } {
    const { following, unfollow } = this.#realtime.follow(conversationId)
    // What was loaded before the cursor is taken would miss what changes in between.
    return { following: this.#begun.promise.then(() => following), unfollow }
  }

  /** The browser woke up, or its network came or went. */
  wake(): void {
    this.#online = this.#deps.isOnline()
    if (!this.#online) {
      this.#caughtUp = false
      this.#realtime.disconnect()
    } else if (this.#realtime.connected) void this.catchUp()
    else {
      this.#realtime.retry()
      this.#pollSoon()
    }
  }

  async catchUp(): Promise<void> {
    if (this.#waiting !== undefined) {
      this.#again = true
      return
    }
    this.#waiting = []
    this.#backoff.cancel()
    try {
      const from = await this.#applyMissed()
      // What waited may have been read before what was fetched; until what made the difference comes
      // live too, a break must lead back to where both are told again.
      if (this.#release()) this.#cursor = from
      this.#backoff.worked()
      this.#caughtUp = this.#realtime.connected
      this.#polls = !this.#caughtUp
      if (this.#polls) this.#pollSoon()
    } catch (error) {
      this.#release()
      this.#caughtUp = false
      this.#polls = false
      if (!(error instanceof ApiError)) throw error
      if (error.code === 'not_signed_in') this.#backoff.end()
      this.#backoff.later(() => void this.catchUp())
    }
    if (this.#again) {
      this.#again = false
      await this.catchUp()
    }
  }

  /** While no socket comes about: the api has all changes too, and knows whether the session is over. */
  async #askInstead(triesAgain: boolean): Promise<void> {
    await this.catchUp()
    if (!triesAgain) this.#backoff.later(() => this.#realtime.retry())
  }

  /** Unless it is connected by then: an attempt that hangs says nothing for long. */
  #pollSoon(): void {
    this.#backoff.in(pollMs, () => {
      if (this.#online) void this.catchUp()
    })
  }

  /** Resolves to the cursor from which on everything has been told. */
  async #applyMissed(): Promise<string | undefined> {
    let from = this.#cursor
    try {
      for (let hasMore = true; hasMore;) {
        const reply = await this.#deps.api.call(feedEndpoints.list, {
          query: { after: this.#cursor, limit: 100 },
        })
        for (const event of reply.items) this.#listeners.tell(event)
        this.#cursor = reply.cursor
        hasMore = reply.hasMore
      }
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'feed_cursor_expired') throw error
      from = await this.#presentCursor()
      // All of it is older than what the reload brings, and would win over that.
      this.#waiting = []
      const reloaded = await this.#listeners.reload()
      // The cursor stays the expired one, so that trying again comes here again.
      if (!reloaded) throw new ApiError('unavailable', 'Not everything was loaded.')
      this.#cursor = from
    }
    return from
  }

  #take(event: FeedEvent): void {
    if (this.#waiting !== undefined) this.#waiting.push(event)
    else this.#applyLive(event)
  }

  /**
   * All that waited, in its order, what was fetched as well included. Of several changes of one thing only
   * the last is fetched: without it the ones before it, read earlier, would have the last word.
   */
  #release(): boolean {
    const waited = this.#waiting ?? []
    this.#waiting = undefined
    for (const event of waited) this.#listeners.tell(event)
    return waited.length > 0
  }

  #applyLive(event: FeedEvent): void {
    this.#listeners.tell(event)
    // Before the gap is closed the cursor must stay in front of it.
    if (this.#caughtUp) this.#cursor = event.cursor
  }

  async #presentCursor(): Promise<string> {
    return (await this.#deps.api.call(feedEndpoints.list)).cursor
  }
}
