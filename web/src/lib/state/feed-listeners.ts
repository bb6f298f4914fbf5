import type { FeedEvent } from '@partyline/contracts/feed'
import type { FeedListener } from './feed.svelte.ts'

/** Everybody who shows something that changes. */
export class FeedListeners {
  readonly #listeners = new Set<FeedListener>()
  readonly #onfailure: (error: unknown) => void

  constructor(onfailure: (error: unknown) => void) {
    this.#onfailure = onfailure
  }

  /** Returns its undo. */
  add(listener: FeedListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  tell(event: FeedEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener.apply(event)
      } catch (error) {
        // One that fails keeps no other from what happened, nor the cursor from moving on.
        this.#onfailure(error)
      }
    }
  }

  /** Whether all did. */
  async reload(): Promise<boolean> {
    const reloaded = await Promise.all(Array.from(this.#listeners, (each) => each.reload()))
    return !reloaded.includes(false)
  }

  clear(): void {
    this.#listeners.clear()
  }
}
