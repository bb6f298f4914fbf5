import type { Conversation } from '@partyline/contracts/api/conversations'
import type { ConversationList } from './conversation-list.svelte.ts'

/** How many one change may be about. */
const most = 500

/** The conversations of the list that are chosen for something to be done with all of them. */
export class Selection {
  readonly #list: () => ConversationList
  #ids = $state.raw<ReadonlySet<string>>(new Set())
  #anchor: string | undefined
  /** Chosen and still in the list, in its order. */
  readonly items: readonly Conversation[] = $derived.by(() =>
    this.#ids.size === 0 ? [] : this.#list().items.filter(({ id }) => this.#ids.has(id)),
  )

  constructor(list: () => ConversationList) {
    this.#list = list
  }

  get size(): number {
    return this.items.length
  }

  get hasAll(): boolean {
    return this.size > 0 && this.size >= Math.min(this.#list().items.length, most)
  }

  has(id: string): boolean {
    return this.#ids.has(id)
  }

  toggle(id: string): void {
    const ids = new Set(this.#ids)
    if (!ids.delete(id) && ids.size < most) ids.add(id)
    this.#ids = ids
    this.#anchor = id
  }

  /** All from the one chosen last to this one. */
  extendTo(id: string): void {
    const order = this.#list().items.map((one) => one.id)
    const [from, to] = [order.indexOf(this.#anchor ?? id), order.indexOf(id)].sort((a, b) => a - b)
    if (from === undefined || to === undefined || from < 0) return this.toggle(id)
    const range = order.slice(from, to + 1)
    this.#ids = new Set([...this.#ids, ...range].slice(0, most))
  }

  all(): void {
    this.#ids = new Set(
      this.#list()
        .items.slice(0, most)
        .map(({ id }) => id),
    )
  }

  clear(): void {
    this.#ids = new Set()
    this.#anchor = undefined
  }
}
