import type { SavedReply } from '@partyline/contracts/api/saved-replies'
import type { SavedRepliesState } from '../state/saved-replies.svelte.ts'
import { findReplies, type Slash, slashAt } from './slash.ts'

/** The list that a slash opens: what it shows, which entry is meant, and which keys it takes. */
export class ReplyPicking {
  readonly #replies: SavedRepliesState
  #slash = $state.raw<Slash | null>(null)
  /** Where one was closed with Escape: it stays closed until another slash is typed. */
  #closedAt: number | undefined
  active = $state(0)
  readonly found: readonly SavedReply[] = $derived.by(() =>
    this.#slash === null ? [] : findReplies(this.#replies.items ?? [], this.#slash.query),
  )
  readonly hasAny: boolean = $derived.by(() => (this.#replies.items ?? []).length > 0)
  /** What is no reply is a text with a slash in it; a slash alone says that there are none. */
  readonly open: boolean = $derived.by(
    () =>
      this.#slash !== null &&
      this.#replies.items !== undefined &&
      (this.found.length > 0 || (!this.hasAny && this.#slash.query === '')),
  )

  constructor(replies: SavedRepliesState) {
    this.#replies = replies
  }

  look(text: string, caret: number): void {
    const slash = slashAt(text, caret)
    if (slash === null || slash.start !== this.#closedAt) this.#closedAt = undefined
    const wanted = this.#closedAt === undefined ? slash : null
    if (wanted !== null && this.#slash === null) void this.#replies.load()
    if (wanted?.query !== this.#slash?.query) this.active = 0
    this.#slash = wanted
  }

  close(): void {
    this.#closedAt = this.#slash?.start
    this.#slash = null
  }

  /** The reply to take, `true` for a key that was taken, `false` for one that belongs to the box. */
  key({ key, isComposing }: KeyboardEvent): SavedReply | boolean {
    if (!this.open || isComposing) return false
    const count = this.found.length
    if (key === 'Escape') this.close()
    else if (count === 0) return false
    else if (key === 'ArrowDown') this.active = (this.active + 1) % count
    else if (key === 'ArrowUp') this.active = (this.active + count - 1) % count
    else if (key === 'Enter' || key === 'Tab') return this.found[this.active] ?? false
    else return false
    return true
  }

  /** The text with the reply in place of what was typed to find it, and where the caret is then. */
  take(text: string, said: string): { text: string; caret: number } {
    const { start, end } = this.#slash ?? { start: text.length, end: text.length }
    this.#slash = null
    return { text: text.slice(0, start) + said + text.slice(end), caret: start + said.length }
  }
}
