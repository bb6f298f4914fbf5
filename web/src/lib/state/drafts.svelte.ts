import { media } from '@partyline/contracts/api/messages'
import { untrack } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import { z } from 'zod'

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const keptFile = z.object({
  ...{ name: z.string(), size: z.number(), type: z.string() },
  /** Null of what had not gone up: its bytes go with the page. */
  media: media.nullable(),
})
export type KeptFile = z.infer<typeof keptFile>

const keptDraft = z.object({
  ...{ text: z.string(), note: z.boolean(), files: z.array(keptFile) },
  /** Of it, what may have been sent: only under the same key it is safe to send again. */
  tried: z.object({ body: z.string(), clientKey: z.string() }).optional(),
})
export type Tried = NonNullable<KeptDraft['tried']>
export type KeptDraft = z.infer<typeof keptDraft>

const stored = z.record(z.string(), keptDraft)
const keyOf = (userId: string) => `partyline.drafts.${userId}`
/** The store is small: of more conversations than this, those written to first lose their files. */
const maxWithFiles = 100

/** Texts not sent yet and their files, by conversation; kept in this browser until they are sent or this person signs out. */
export class DraftsState {
  readonly #store: Store
  readonly #key: string
  readonly #drafts = new SvelteMap<string, KeptDraft>()
  /** Who writes where, to take what comes back. */
  readonly #writers = new Map<string, (draft: KeptDraft) => void>()
  /** Whose drafts they were has signed out. */
  #over = false

  constructor(store: Store, userId: string) {
    this.#store = store
    this.#key = keyOf(userId)
    this.read()
  }

  /** Nobody is to be told of anything any more. */
  get isOver(): boolean {
    return this.#over
  }

  get(conversationId: string): KeptDraft | undefined {
    return this.#drafts.get(conversationId)
  }

  set(conversationId: string, draft: KeptDraft): void {
    const { text, files } = draft
    if (text.trim() === '' && files.length === 0) return this.delete(conversationId)
    // Whoever writes with every key does not follow what is written.
    const before = untrack(() => this.#drafts.get(conversationId))
    if (JSON.stringify(before) === JSON.stringify(draft)) return
    this.#drafts.set(conversationId, draft)
    this.#write()
  }

  /** From now on somebody writes there; returns the end of it. */
  write(conversationId: string, take: (draft: KeptDraft) => void): () => void {
    this.#writers.set(conversationId, take)
    return () => {
      if (this.#writers.get(conversationId) === take) this.#writers.delete(conversationId)
    }
  }

  /** What did not go out after its box was left, in front of what is written there since. Whether it is kept. */
  giveBack(conversationId: string, { text, note, files, tried }: KeptDraft): boolean {
    if (this.#over) return false
    const take = this.#writers.get(conversationId)
    const since = this.get(conversationId)
    if (take) take({ text, note, files, tried })
    else {
      this.set(conversationId, {
        text: since?.text ? `${text}\n${since.text}` : text,
        // What is private must not go out with the rest.
        note: note || (since?.note ?? false),
        files: [...files, ...(since?.files ?? [])],
        tried: tried ?? since?.tried,
      })
    }
    return true
  }

  delete(conversationId: string): void {
    if (this.#drafts.delete(conversationId)) this.#write()
  }

  /** Takes over what another window wrote. */
  read(key: string | null = this.#key): void {
    if (key !== this.#key) return
    const kept = this.#kept()
    for (const id of [...this.#drafts.keys()]) if (!(id in kept)) this.#drafts.delete(id)
    for (const [id, draft] of Object.entries(kept)) this.#drafts.set(id, draft)
  }

  clear(): void {
    this.#over = true
    this.#drafts.clear()
    this.#store.removeItem(this.#key)
  }

  #kept(): Record<string, KeptDraft> {
    try {
      return stored.parse(JSON.parse(this.#store.getItem(this.#key) ?? '{}'))
    } catch {
      // Whatever else wrote there: it is no draft of ours.
      return {}
    }
  }

  #write(): void {
    try {
      const drafts = untrack(() => [...this.#drafts])
      const tooMany = drafts.filter(([, { files }]) => files.length > 0).length - maxWithFiles
      let cut = 0
      const kept = drafts.map(([id, draft]) =>
        draft.files.length > 0 && cut++ < tooMany ? [id, { ...draft, files: [] }] : [id, draft],
      )
      this.#store.setItem(this.#key, JSON.stringify(Object.fromEntries(kept)))
    } catch {
      // A full or forbidden store: drafts then last as long as the page.
    }
  }
}
