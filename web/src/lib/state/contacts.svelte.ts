import { type Contact, contactEndpoints } from '@partyline/contracts/api/contacts'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { Api } from '../api.ts'
import { messageOf } from '../api-error.ts'
import { Collection } from './collection.svelte.ts'
import type { FeedListener } from './feed.svelte.ts'

/** What a contact is called: the name, else the first address as people write it. */
export function titleOf(contact: Contact): string {
  return contact.name ?? contact.addresses[0]?.displayAddress ?? 'Unknown'
}

/** The contacts page: found by name or number, kept true by the feed. */
export class ContactsState implements FeedListener {
  readonly #api: Api
  readonly #found = new Collection<Contact>()
  #nextCursor = $state.raw<string | null | undefined>(undefined)
  #asked = 0
  q = $state('')
  loading = $state(false)
  error = $state<string | undefined>(undefined)
  readonly items: readonly Contact[] = $derived(
    Array.from(this.#found.all).sort((a, b) => titleOf(a).localeCompare(titleOf(b))),
  )

  constructor(api: Api) {
    this.#api = api
  }

  get loaded(): boolean {
    return this.#nextCursor !== undefined
  }

  get hasMore(): boolean {
    return typeof this.#nextCursor === 'string'
  }

  async reload(): Promise<boolean> {
    await this.#ask(undefined)
    return this.error === undefined
  }

  async search(q: string): Promise<void> {
    this.q = q.trim()
    await this.#ask(undefined)
  }

  async loadMore(): Promise<void> {
    if (!this.loading && typeof this.#nextCursor === 'string') await this.#ask(this.#nextCursor)
  }

  apply(event: FeedEvent): void {
    if (event.type === 'contact.deleted') this.#found.remove(event.id)
    if (event.type === 'contact.changed') this.#put(event.contact)
  }

  async add(given: { name: string; phone: string; lineId?: string }): Promise<Contact> {
    const contact = await this.#api.call(contactEndpoints.create, { body: given })
    this.#put(contact)
    return contact
  }

  async change(id: string, change: { name?: string; phone?: string }): Promise<void> {
    const mark = this.#found.mark()
    const changed = await this.#api.call(contactEndpoints.change, { params: { id }, body: change })
    this.#found.merge([changed], mark)
  }

  async remove(id: string): Promise<void> {
    await this.#api.call(contactEndpoints.remove, { params: { id } })
    this.#found.remove(id)
  }

  #put(contact: Contact): void {
    const q = this.q.toLowerCase()
    const texts = [
      contact.name ?? '',
      ...contact.addresses.flatMap(({ address, displayAddress }) => [address, displayAddress]),
    ]
    const belongs =
      this.#found.get(contact.id) || texts.some((text) => text.toLowerCase().includes(q))
    if (belongs) this.#found.put(contact)
  }

  async #ask(cursor: string | undefined): Promise<void> {
    const asked = (this.#asked += 1)
    const mark = this.#found.mark()
    this.loading = true
    this.error = undefined
    try {
      const query = { limit: 50, ...(this.q && { q: this.q }), ...(cursor && { cursor }) }
      const page = await this.#api.call(contactEndpoints.list, { query })
      if (asked !== this.#asked) return
      if (cursor === undefined) this.#found.reset(page.items, mark)
      else this.#found.merge(page.items, mark)
      this.#nextCursor = page.nextCursor
    } catch (error) {
      if (asked === this.#asked) this.error = messageOf(error)
    } finally {
      if (asked === this.#asked) this.loading = false
    }
  }
}
