import { untrack } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import { z } from 'zod'

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const stored = z.record(z.string(), z.string())
const keyOf = (userId: string) => `partyline.drafts.${userId}`

/** Texts not sent yet, by conversation; kept in this browser until they are sent or this person signs out. */
export class DraftsState {
  readonly #store: Store
  readonly #key: string
  readonly #texts = new SvelteMap<string, string>()

  constructor(store: Store, userId: string) {
    this.#store = store
    this.#key = keyOf(userId)
    this.read()
  }

  get(conversationId: string): string | undefined {
    return this.#texts.get(conversationId)
  }

  set(conversationId: string, text: string): void {
    if (text.trim() === '') return this.delete(conversationId)
    // Whoever writes with every key does not follow what is written.
    if (untrack(() => this.#texts.get(conversationId)) === text) return
    this.#texts.set(conversationId, text)
    this.#write()
  }

  delete(conversationId: string): void {
    if (this.#texts.delete(conversationId)) this.#write()
  }

  /** Takes over what another window wrote. */
  read(key: string | null = this.#key): void {
    if (key !== this.#key) return
    const kept = this.#kept()
    for (const id of [...this.#texts.keys()]) if (!(id in kept)) this.#texts.delete(id)
    for (const [id, text] of Object.entries(kept)) this.#texts.set(id, text)
  }

  clear(): void {
    this.#texts.clear()
    this.#store.removeItem(this.#key)
  }

  #kept(): Record<string, string> {
    try {
      return stored.parse(JSON.parse(this.#store.getItem(this.#key) ?? '{}'))
    } catch {
      // Whatever else wrote there: it is no draft of ours.
      return {}
    }
  }

  #write(): void {
    try {
      const texts = untrack(() => Object.fromEntries(this.#texts))
      this.#store.setItem(this.#key, JSON.stringify(texts))
    } catch {
      // A full or forbidden store: drafts then last as long as the page.
    }
  }
}
