import type { Announcing, MemberVerdict, Person } from '@partyline/contracts/api/bulk-people'
import {
  type Group,
  groupEndpoints,
  type Member,
  type MemberCounts,
  type MemberState,
} from '@partyline/contracts/api/groups'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { Api } from '../api.ts'
import { messageOf } from '../api-error.ts'
import { Collection } from './collection.svelte.ts'
import type { FeedListener, FeedState } from './feed.svelte.ts'
import { followFirst } from './follow-first.ts'

interface Deps {
  api: Api
  feed: Pick<FeedState, 'listen' | 'follow'>
}

interface MemberFilter {
  q: string
  state: MemberState | undefined
}

/** The counts come with the list; after a change they are asked for again, once for many changes. */
const restMs = 400

/** The members of one group, in the order they joined. */
export class MembersState implements FeedListener {
  readonly groupId: string
  readonly #deps: Deps
  readonly #found = new Collection<Member>()
  #nextCursor = $state.raw<string | null | undefined>(undefined)
  #group = $state.raw<Group | undefined>(undefined)
  #counts = $state.raw<MemberCounts | undefined>(undefined)
  #filter = $state.raw<MemberFilter>({ q: '', state: undefined })
  #asked = 0
  #recounting: ReturnType<typeof setTimeout> | undefined
  loading = $state(false)
  error = $state<string | undefined>(undefined)
  readonly items: readonly Member[] = $derived(
    Array.from(this.#found.all)
      .filter((member) => belongs(member, this.#filter))
      .sort((a, b) => a.joinedAt.localeCompare(b.joinedAt) || a.id.localeCompare(b.id)),
  )

  constructor(groupId: string, deps: Deps) {
    this.groupId = groupId
    this.#deps = deps
  }

  get group(): Group | undefined {
    return this.#group
  }

  /** Of all members, whatever is shown. */
  get counts(): MemberCounts | undefined {
    return this.#counts
  }

  get filter(): MemberFilter {
    return this.#filter
  }

  get loaded(): boolean {
    return this.#nextCursor !== undefined
  }

  get hasMore(): boolean {
    return typeof this.#nextCursor === 'string'
  }

  open(): () => void {
    const close = followFirst(this.#deps.feed, this.groupId, this)
    return () => {
      clearTimeout(this.#recounting)
      close()
    }
  }

  async reload(): Promise<boolean> {
    await this.load()
    return this.error === undefined
  }

  async load(): Promise<void> {
    await Promise.all([this.#ask(undefined), this.#loadGroup()])
  }

  async loadMore(): Promise<void> {
    if (!this.loading && typeof this.#nextCursor === 'string') await this.#ask(this.#nextCursor)
  }

  async show(change: Partial<MemberFilter>): Promise<void> {
    this.#filter = { ...this.#filter, ...change }
    await this.#ask(undefined)
  }

  apply(event: FeedEvent): void {
    if (event.type === 'member.changed' && event.member.conversationId === this.groupId) {
      this.#found.put(event.member)
      this.#recount()
    }
    if (event.type === 'group.changed' && event.group.id === this.groupId) this.#group = event.group
    if (event.type === 'member.removed' && event.conversationId === this.groupId) {
      this.#found.remove(event.id)
      this.#recount()
    }
  }

  async add(name: string, phone: string): Promise<void> {
    const mark = this.#found.mark()
    const added = await this.#deps.api.call(groupEndpoints.addMember, {
      params: this.#params,
      body: { name, phone },
    })
    this.#found.merge([added], mark)
    this.#recount()
  }

  async remove(memberId: string): Promise<void> {
    const params = { ...this.#params, memberId }
    await this.#deps.api.call(groupEndpoints.removeMember, { params })
    this.#found.remove(memberId)
    this.#recount()
  }

  async removeMany(memberIds: string[]): Promise<void> {
    await this.#deps.api.call(groupEndpoints.removeMembers, {
      params: this.#params,
      body: { memberIds },
    })
    for (const id of memberIds) this.#found.remove(id)
    this.#recount()
  }

  /** Adds people, or with `preview` only says what would become of each. */
  async import(
    members: Person[],
    { announce, preview }: { announce: Announcing; preview: boolean },
  ): Promise<MemberVerdict[]> {
    const { rows } = await this.#deps.api.call(groupEndpoints.importMembers, {
      params: this.#params,
      body: { members, announce, preview },
    })
    if (!preview) await this.#ask(undefined)
    return rows
  }

  async change(change: {
    name?: string
    adminName?: string
    announce?: boolean
    paused?: boolean
  }): Promise<void> {
    const body = change
    this.#group = await this.#deps.api.call(groupEndpoints.change, { params: this.#params, body })
  }

  get #params() {
    return { id: this.groupId }
  }

  #recount(): void {
    clearTimeout(this.#recounting)
    this.#recounting = setTimeout(() => void this.#count(), restMs)
  }

  async #count(): Promise<void> {
    try {
      const { counts } = await this.#deps.api.call(groupEndpoints.members, {
        params: this.#params,
        query: { limit: 1 },
      })
      this.#counts = counts ?? undefined
    } catch {
      // The next change counts again; the numbers are a help, not the list.
    }
  }

  async #loadGroup(): Promise<void> {
    try {
      this.#group = await this.#deps.api.call(groupEndpoints.get, { params: this.#params })
    } catch (error) {
      this.error = messageOf(error)
    }
  }

  async #ask(cursor: string | undefined): Promise<void> {
    const asked = (this.#asked += 1)
    const mark = this.#found.mark()
    this.loading = true
    this.error = undefined
    const { q, state } = this.#filter
    try {
      const page = await this.#deps.api.call(groupEndpoints.members, {
        params: this.#params,
        query: { limit: 100, ...(q && { q }), ...(state && { state }), ...(cursor && { cursor }) },
      })
      if (asked !== this.#asked) return
      if (cursor === undefined) this.#found.reset(page.items, mark)
      else this.#found.merge(page.items, mark)
      this.#nextCursor = page.nextCursor
      if (page.counts) this.#counts = page.counts
    } catch (error) {
      if (asked === this.#asked) this.error = messageOf(error)
    } finally {
      if (asked === this.#asked) this.loading = false
    }
  }
}

/** As the api finds them, for what the feed brings. */
function belongs(member: Member, { q, state }: MemberFilter): boolean {
  if (state !== undefined && stateOf(member) !== state) return false
  if (q === '') return true
  const digits = /^[\d\s()+.-]+$/.test(q) ? q.replace(/\D/g, '') : ''
  if (digits !== '' && member.address?.includes(digits)) return true
  const texts = [member.name, member.address, member.displayAddress]
  return texts.some((text) => text?.toLowerCase().includes(q.toLowerCase()))
}

function stateOf({ optedOut, unreachable }: Member): MemberState {
  if (optedOut) return 'opted_out'
  return unreachable ? 'unreachable' : 'active'
}
