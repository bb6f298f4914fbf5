import {
  type Contact,
  type ContactDetails,
  contactEndpoints,
} from '@partyline/contracts/api/contacts'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { Api } from '../../api.ts'
import { ApiError, messageOf } from '../../api-error.ts'
import type { FeedListener, FeedState } from '../../state/feed.svelte.ts'

interface Deps {
  api: Api
  feed: Pick<FeedState, 'listen'>
}

/** Several changes often come together. */
const restMs = 150

/** One contact with everything around them, asked for again when the feed tells of a change. */
export class ContactDetailsState implements FeedListener {
  readonly id: string
  readonly #deps: Deps
  #details = $state.raw<ContactDetails | undefined>()
  phase = $state<'loading' | 'ready' | 'missing' | 'failed'>('loading')
  error = $state<string | undefined>()
  #asked = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(id: string, deps: Deps) {
    this.id = id
    this.#deps = deps
  }

  get details(): ContactDetails | undefined {
    return this.#details
  }

  open(): () => void {
    void this.load()
    const stop = this.#deps.feed.listen(this)
    return () => {
      stop()
      clearTimeout(this.#timer)
    }
  }

  async reload(): Promise<boolean> {
    await this.load()
    return this.phase !== 'failed'
  }

  async load(): Promise<void> {
    const asked = (this.#asked += 1)
    try {
      const details = await this.#deps.api.call(contactEndpoints.details, this.#params)
      if (asked !== this.#asked) return
      this.#details = details
      this.phase = 'ready'
      this.error = undefined
    } catch (error) {
      if (asked !== this.#asked) return
      const missing = error instanceof ApiError && error.code === 'not_found'
      this.error = messageOf(error)
      if (missing) this.phase = 'missing'
      else if (!this.#details) this.phase = 'failed'
    }
  }

  apply(event: FeedEvent): void {
    if (event.type === 'contact.deleted' && event.id === this.id) this.phase = 'missing'
    if (this.#isAboutThem(event)) {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => void this.load(), restMs)
    }
  }

  async rename(name: string): Promise<void> {
    this.#show(
      await this.#deps.api.call(contactEndpoints.change, { ...this.#params, body: { name } }),
    )
  }

  async addAddress(phone: string): Promise<void> {
    const body = { phone }
    this.#show(await this.#deps.api.call(contactEndpoints.addAddress, { ...this.#params, body }))
  }

  async removeAddress(address: string): Promise<Contact | null> {
    const { contact, parted } = await this.#deps.api.call(contactEndpoints.removeAddress, {
      ...this.#params,
      query: { address },
    })
    this.#show(contact)
    await this.load()
    return parted
  }

  async merge(contactId: string): Promise<string> {
    const body = { contactId }
    const merged = await this.#deps.api.call(contactEndpoints.merge, { ...this.#params, body })
    this.#show(merged.contact)
    await this.load()
    return merged.mergeId
  }

  async undoMerge(id: string): Promise<Contact> {
    const { parted } = await this.#deps.api.call(contactEndpoints.undoMerge, { params: { id } })
    await this.load()
    return parted
  }

  async remove(): Promise<void> {
    await this.#deps.api.call(contactEndpoints.remove, this.#params)
    this.phase = 'missing'
  }

  get #params() {
    return { params: { id: this.id } }
  }

  #show(contact: Contact): void {
    if (this.#details) this.#details = { ...this.#details, contact }
  }

  #isAboutThem(event: FeedEvent): boolean {
    if (event.type === 'contact.changed') return event.contact.id === this.id
    if (event.type === 'conversation.changed') return event.conversation.contact?.id === this.id
    if (event.type === 'conversation.deleted') {
      return this.#details?.conversations.some(({ id }) => id === event.id) ?? false
    }
    if (event.type === 'member.changed') return event.member.contactId === this.id
    return false
  }
}
