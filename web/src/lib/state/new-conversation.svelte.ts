import { type Contact, contactEndpoints } from '@partyline/contracts/api/contacts'
import type { Conversation } from '@partyline/contracts/api/conversations'
import type { Channel } from '@partyline/contracts/channels'
import type { Line } from '@partyline/contracts/api/lines'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { type User, userEndpoints } from '@partyline/contracts/api/session'
import type { Api } from '../api.ts'
import { ApiError, messageOf } from '../api-error.ts'
import { newClientKey } from '../client-key.ts'
import { allPages } from './all-pages.ts'
import { titleOf } from './contacts.svelte.ts'
import type { InboxState } from './inbox.svelte.ts'
import { channelsFor, firstLine } from './lines-for.ts'
import { isUnsure } from './unsent.ts'

interface Deps {
  api: Api
  inbox: InboxState
  /** Live: the dialog may open before they are loaded. */
  lines: { readonly items: readonly Line[] }
  to: string
  /** Where this browser keeps the line used last. */
  storage: Pick<Storage, 'getItem' | 'setItem'>
}

const lineKey = 'partyline.line'

export interface Started {
  conversation: Conversation
  /** What became of the first text, where there is one. */
  first: 'none' | 'sent' | 'kept'
  /** Why it was not taken; '' where it was not asked for. */
  reason: string
  /** It was asked for, and no answer came: it may be with them. */
  unsure?: boolean
}

/** A conversation about to begin: with somebody outside on one of our lines, or among users. */
export class NewConversationState {
  readonly #deps: Deps
  #contact = $state.raw<Contact | null>(null)
  #suggestions = $state.raw<readonly Contact[]>([])
  #users = $state.raw<readonly User[]>([])
  #asked = 0
  kind = $state<'text' | 'web'>('text')
  #lineId = $state('')
  to = $state('')
  text = $state('')
  title = $state('')
  userIds = $state.raw<ReadonlySet<string>>(new Set())
  busy = $state(false)
  error = $state<string | undefined>(undefined)
  toError = $state<string | undefined>(undefined)

  constructor(deps: Deps) {
    this.#deps = deps
    this.to = deps.to
  }

  /** A group's line is for its group. */
  get lines(): readonly Line[] {
    return this.#deps.lines.items.filter(({ mode }) => mode === 'inbox')
  }

  /** A contact's number can be texted on whatever channel takes numbers. */
  get #channels(): readonly Channel[] | undefined {
    const addresses = this.#contact?.addresses.map(({ address }) => address) ?? [this.to]
    const all = addresses.map(channelsFor)
    return all.includes(undefined) ? undefined : all.flatMap((some) => some ?? [])
  }

  reaches({ channel }: Line): boolean {
    return this.#channels?.includes(channel) ?? true
  }

  /** Follows the address until a line is chosen, and leaves a chosen one that cannot reach it. */
  get lineId(): string {
    const chosen = this.lines.find(({ id }) => id === this.#lineId)
    if (chosen && this.reaches(chosen)) return chosen.id
    const last = this.#deps.storage.getItem(lineKey)
    return firstLine(this.lines, this.#channels, last)?.id ?? ''
  }

  set lineId(id: string) {
    this.#lineId = id
  }

  /** Of the line. */
  get channel(): Channel | undefined {
    return this.lines.find(({ id }) => id === this.lineId)?.channel
  }

  get suggestions(): readonly Contact[] {
    return this.#suggestions
  }

  get users(): readonly User[] {
    return this.#users
  }

  async loadUsers(): Promise<void> {
    try {
      const users = await allPages((query) => this.#deps.api.call(userEndpoints.list, { query }))
      this.#users = users.filter(({ disabled }) => !disabled)
    } catch (error) {
      this.error = messageOf(error)
    }
  }

  async type(to: string): Promise<void> {
    this.to = to
    this.#contact = null
    this.toError = undefined
    const asked = (this.#asked += 1)
    if (to.trim().length < 2) {
      this.#suggestions = []
      return
    }
    try {
      const query = { q: to.trim(), limit: 5 }
      const { items } = await this.#deps.api.call(contactEndpoints.list, { query })
      if (asked === this.#asked) this.#suggestions = items
    } catch (error) {
      // Suggestions are a help only: without them a number can still be typed.
      if (asked === this.#asked && error instanceof ApiError) this.#suggestions = []
    }
  }

  choose(contact: Contact): void {
    this.#asked += 1
    this.#contact = contact
    this.#suggestions = []
    this.to = titleOf(contact)
  }

  toggleUser(id: string): void {
    const chosen = new Set(this.userIds)
    if (!chosen.delete(id)) chosen.add(id)
    this.userIds = chosen
  }

  /** Undefined when something is missing or was refused: the errors say what. */
  async start(): Promise<Started | undefined> {
    this.error = undefined
    this.toError = undefined
    if (this.kind === 'text' && this.to.trim() === '') {
      this.toError = 'Type a number or choose a contact.'
      return undefined
    }
    this.busy = true
    const { lineId } = this
    try {
      const conversation = await this.#deps.inbox.start(this.#what())
      if (this.kind === 'text') this.#deps.storage.setItem(lineKey, lineId)
      return { conversation, ...(await this.#sendFirst(conversation)) }
    } catch (error) {
      if (error instanceof ApiError && error.code === 'invalid_phone') {
        this.toError = messageOf(error)
      } else this.error = messageOf(error)
      return undefined
    } finally {
      this.busy = false
    }
  }

  #what() {
    if (this.kind === 'web') return { name: this.title.trim(), userIds: [...this.userIds] }
    const { lineId } = this
    return this.#contact
      ? { lineId, contactId: this.#contact.id }
      : { lineId, address: this.to.trim() }
  }

  /** The conversation is there whatever happens to its first text: that is then kept as a draft. */
  async #sendFirst({ id }: Conversation): Promise<Omit<Started, 'conversation'>> {
    const body = this.text.trim()
    if (body === '') return { first: 'none', reason: '' }
    const clientKey = newClientKey()
    const keep = (reason: string, unsure: boolean) => {
      const tried = unsure ? { body, clientKey } : undefined
      this.#deps.inbox.drafts.giveBack(id, { text: body, note: false, files: [], tried })
      return { first: 'kept', reason, unsure } as const
    }
    // It was written for another line: here it may not be taken.
    if (this.kind === 'text' && this.channel !== 'sms') return keep('', false)
    try {
      await this.#deps.api.call(messageEndpoints.send, {
        params: { id },
        body: { body, clientKey },
      })
      return { first: 'sent', reason: '' }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      return keep(messageOf(error), isUnsure(error))
    }
  }
}
