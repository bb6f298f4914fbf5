import type { Contact } from '@partyline/contracts/api/contacts'
import type { Conversation } from '@partyline/contracts/api/conversations'
import { type FoundMessage, searchEndpoints } from '@partyline/contracts/api/search'
import type { Api } from '../api.ts'
import { messageOf } from '../api-error.ts'

export interface Found {
  conversations: readonly Conversation[]
  contacts: readonly Contact[]
  messages: readonly FoundMessage[]
}

const nothing: Found = { conversations: [], contacts: [], messages: [] }
const pauseMs = 150

/** What is looked for, and what was found: names, numbers and the words of messages. */
export class SearchState {
  readonly #api: Api
  /** Which groups are asked for; without: all. */
  readonly #kinds: string | undefined
  #q = $state('')
  #found = $state.raw<Found>(nothing)
  #nextCursor = $state.raw<string | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined
  #asked = 0
  loading = $state(false)
  error = $state<string | undefined>(undefined)
  /** What `found` is the answer to. */
  answered = $state('')

  constructor(api: Api, kinds?: string) {
    this.#api = api
    this.#kinds = kinds
  }

  get q(): string {
    return this.#q
  }

  get found(): Found {
    return this.#found
  }

  get hasMore(): boolean {
    return this.#nextCursor !== null
  }

  get isEmpty(): boolean {
    const { conversations, contacts, messages } = this.#found
    return conversations.length + contacts.length + messages.length === 0
  }

  /** With every key: asked is when typing pauses. */
  type(text: string): void {
    this.#q = text.trimStart()
    clearTimeout(this.#timer)
    if (this.#q.trim() === '') return this.clear()
    this.loading = true
    this.#timer = setTimeout(() => void this.ask(), pauseMs)
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.#asked += 1
    this.#q = ''
    this.#found = nothing
    this.#nextCursor = null
    this.loading = false
    this.error = undefined
    this.answered = ''
  }

  async ask(): Promise<void> {
    await this.#ask(undefined)
  }

  async more(): Promise<void> {
    if (!this.loading && this.#nextCursor !== null) await this.#ask(this.#nextCursor)
  }

  async #ask(cursor: string | undefined): Promise<void> {
    const asked = (this.#asked += 1)
    const q = this.#q.trim()
    this.loading = true
    this.error = undefined
    try {
      const kinds = cursor === undefined ? this.#kinds : 'messages'
      const query = { q, ...(kinds && { kinds }), ...(cursor && { cursor }) }
      const found = await this.#api.call(searchEndpoints.search, { query })
      if (asked !== this.#asked) return
      const { items, nextCursor } = found.messages
      this.#found =
        cursor === undefined
          ? { ...found, messages: items }
          : { ...this.#found, messages: [...this.#found.messages, ...items] }
      this.#nextCursor = nextCursor
      this.answered = q
    } catch (error) {
      if (asked === this.#asked) this.error = messageOf(error)
    } finally {
      if (asked === this.#asked) this.loading = false
    }
  }
}
