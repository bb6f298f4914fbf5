import type { FeedEvent } from '@partyline/contracts/feed'
import type { Api } from '../api.ts'
import { ApiError } from '../api-error.ts'
import type { Realtime } from '../realtime.ts'
import { Backoff } from './backoff.ts'
import { FeedListeners } from './feed-listeners.ts'
import { FeedPlace } from './feed-place.svelte.ts'
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
  readonly #place: FeedPlace
  readonly #realtime: Realtime
  readonly #begun = Promise.withResolvers<undefined>()
  #again = false
  /** Ends when it is stopped, or the session is over. */
  readonly #backoff = new Backoff()
  /** Asking worked, while no connection came about. */
  #polls = $state(false)
  #online = $state(true)
  readonly connection: Connection = $derived.by(() => {
    if (!this.#online) return 'offline'
    if (this.#place.whole) return 'live'
    return this.#polls ? 'polling' : 'reconnecting'
  })

  constructor(deps: Deps) {
    this.#deps = deps
    this.#realtime = deps.realtime
    this.#online = deps.isOnline()
    this.#listeners = new FeedListeners(deps.onfailure ?? ((error) => reportError(error)))
    this.#place = new FeedPlace({
      ...{ api: deps.api, listeners: this.#listeners },
      isConnected: () => deps.realtime.connected,
    })
  }

  /** Take the cursor before anything is loaded, so that nothing falls between load and feed. */
  async start(): Promise<void> {
    await this.#place.begin()
    // Signed out while it was asked: no connection may come about any more.
    if (this.#backoff.ended) return
    this.#begun.resolve(undefined)
    this.#realtime.start({
      feed: (event) => this.#place.take(event),
      head: ({ cursor }) => this.#place.move(cursor),
      presence: (now) => this.#deps.presence?.takePresence(now),
      typing: (now) => this.#deps.presence?.takeTyping(now),
      ready: () => {
        this.#deps.presence?.sayAgain()
        void this.catchUp()
      },
      lost: () => {
        this.#place.lose()
        this.#pollSoon()
      },
      refused: ({ triesAgain }) => {
        this.#place.lose()
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
      this.#place.lose()
      this.#realtime.disconnect()
    } else if (this.#realtime.connected) void this.catchUp()
    else {
      this.#realtime.retry()
      this.#pollSoon()
    }
  }

  async catchUp(): Promise<void> {
    if (this.#place.catchingUp) {
      this.#again = true
      return
    }
    this.#backoff.cancel()
    try {
      await this.#place.catchUp()
      this.#backoff.worked()
      this.#polls = !this.#place.whole
      if (this.#polls) this.#pollSoon()
    } catch (error) {
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
}
