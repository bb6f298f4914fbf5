import { messageOf } from '../api-error.ts'
import type { Listed } from './listed.ts'

interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

/** A list that is fetched page by page; of two questions the later one counts. */
export class PagedList<Item> implements Listed<Item> {
  readonly #ask: (query: { limit: number; cursor?: string }) => Promise<Page<Item>>
  readonly #limit: number
  #nextCursor = $state.raw<string | null>(null)
  #asked = 0
  items = $state.raw<readonly Item[]>()
  error = $state<string>()
  busy = $state(false)

  constructor(ask: (query: { limit: number; cursor?: string }) => Promise<Page<Item>>, limit = 50) {
    this.#ask = ask
    this.#limit = limit
  }

  get hasMore(): boolean {
    return this.#nextCursor !== null
  }

  /** From the start. `anew`: what is shown is of another kind and must not stay. */
  async load({ anew = false } = {}): Promise<void> {
    if (anew) this.items = undefined
    await this.#fetch(undefined)
  }

  async more(): Promise<void> {
    if (this.#nextCursor !== null) await this.#fetch(this.#nextCursor)
  }

  async #fetch(cursor: string | undefined): Promise<void> {
    const asked = (this.#asked += 1)
    this.busy = true
    this.error = undefined
    try {
      const page = await this.#ask({ limit: this.#limit, ...(cursor !== undefined && { cursor }) })
      if (asked !== this.#asked) return
      this.items = cursor === undefined ? page.items : [...(this.items ?? []), ...page.items]
      this.#nextCursor = page.nextCursor
    } catch (error) {
      if (asked === this.#asked) this.error = messageOf(error)
    } finally {
      if (asked === this.#asked) this.busy = false
    }
  }
}
