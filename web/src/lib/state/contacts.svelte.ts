import {
  type Contact,
  contactEndpoints,
  type ContactFilter,
  type ContactSort,
} from '@partyline/contracts/api/contacts'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { Api } from '../api.ts'
import { messageOf } from '../api-error.ts'
import { Collection } from './collection.svelte.ts'
import type { FeedListener } from './feed.svelte.ts'

/** What a contact is called: the name, else the first address as people write it. */
export function titleOf(contact: Contact): string {
  return contact.name ?? contact.addresses[0]?.displayAddress ?? 'Unknown'
}

interface Asked {
  q: string
  sort: ContactSort
  filter: ContactFilter | undefined
}

/** The contacts page: found, sorted and filtered by the api, kept true by the feed. */
export class ContactsState implements FeedListener {
  readonly #api: Api
  readonly #found = new Collection<Contact>()
  #nextCursor = $state.raw<string | null | undefined>(undefined)
  #asked = 0
  #query = $state.raw<Asked>({ q: '', sort: 'name', filter: undefined })
  loading = $state(false)
  error = $state<string | undefined>(undefined)
  readonly items: readonly Contact[] = $derived.by(() => {
    const by = this.#query.filter === 'unnamed' ? 'newest' : this.#query.sort
    return Array.from(this.#found.all).sort(orders[by])
  })

  constructor(api: Api) {
    this.#api = api
  }

  get asked(): Asked {
    return this.#query
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

  async show(change: Partial<Asked>): Promise<void> {
    this.#query = { ...this.#query, ...change }
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

  #put(contact: Contact): void {
    const { q, filter } = this.#query
    const isHere = this.#found.get(contact.id) !== undefined
    if (filter === 'unnamed' && contact.name !== null) return this.#found.remove(contact.id)
    // Whether somebody opted out or is unreachable a contact does not say.
    if (isHere || ((filter === undefined || filter === 'unnamed') && matches(contact, q))) {
      this.#found.put(contact)
    }
  }

  async #ask(cursor: string | undefined): Promise<void> {
    const asked = (this.#asked += 1)
    const mark = this.#found.mark()
    this.loading = true
    this.error = undefined
    const { q, sort, filter } = this.#query
    try {
      const query = {
        ...{ limit: 100, sort },
        ...(q && { q }),
        ...(filter && { filter }),
        ...(cursor && { cursor }),
      }
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

const newest = (a: Contact, b: Contact) => b.id.localeCompare(a.id)

/** By name as the api orders them, as far as a browser can: those without one last, the newest first. */
const orders: Record<ContactSort, (a: Contact, b: Contact) => number> = {
  newest,
  name: (a, b) => {
    if (a.name === null || b.name === null) {
      return Number(a.name === null) - Number(b.name === null) || newest(a, b)
    }
    return a.name.localeCompare(b.name) || a.id.localeCompare(b.id)
  },
}

function matches(contact: Contact, q: string): boolean {
  const digits = /^[\d\s()+.-]+$/.test(q) ? q.replace(/\D/g, '') : ''
  const addresses = contact.addresses.map(({ address }) => address)
  if (digits !== '') return addresses.some((address) => address.includes(digits))
  const texts = [contact.name ?? '', ...addresses]
  return texts.some((text) => text.toLowerCase().includes(q.toLowerCase()))
}
