import type { Announcing, MemberVerdict, Person } from '@partyline/contracts/api/bulk-people'
import {
  type Group,
  groupEndpoints,
  type Member,
  type MemberCounts,
} from '@partyline/contracts/api/groups'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { Api } from '../api.ts'
import { messageOf } from '../api-error.ts'
import { Collection } from './collection.svelte.ts'
import type { FeedListener, FeedState } from './feed.svelte.ts'
import { followFirst } from './follow-first.ts'
import { GroupState } from './group.svelte.ts'
import { MemberCounting } from './member-counting.svelte.ts'
import { isAmong, type MemberFilter } from './member-filter.ts'

interface Deps {
  api: Api
  feed: Pick<FeedState, 'listen' | 'follow'>
}

/** The members of one group, in the order they joined. */
export class MembersState implements FeedListener {
  readonly groupId: string
  readonly settings: GroupState
  readonly #counting: MemberCounting
  readonly #deps: Deps
  readonly #found = new Collection<Member>()
  #nextCursor = $state.raw<string | null | undefined>(undefined)
  #filter = $state.raw<MemberFilter>({ q: '', state: undefined })
  #asked = 0
  loading = $state(false)
  error = $state<string | undefined>(undefined)
  readonly items: readonly Member[] = $derived(
    Array.from(this.#found.all)
      .filter((member) => isAmong(member, this.#filter))
      .sort((a, b) => a.joinedAt.localeCompare(b.joinedAt) || a.id.localeCompare(b.id)),
  )

  constructor(groupId: string, deps: Deps) {
    this.groupId = groupId
    this.#deps = deps
    this.settings = new GroupState(deps.api, groupId)
    this.#counting = new MemberCounting(deps.api, groupId)
  }

  get group(): Group | undefined {
    return this.settings.now
  }

  /** Of all members, whatever is shown. */
  get counts(): MemberCounts | undefined {
    return this.#counting.now
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
      this.#counting.stop()
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
      this.#counting.again()
    }
    this.settings.apply(event)
    if (event.type === 'member.removed' && event.conversationId === this.groupId) {
      this.#found.remove(event.id)
      this.#counting.again()
    }
  }

  async add(name: string, phone: string): Promise<void> {
    const mark = this.#found.mark()
    const added = await this.#deps.api.call(groupEndpoints.addMember, {
      params: this.#params,
      body: { name, phone },
    })
    this.#found.merge([added], mark)
    this.#counting.again()
  }

  async remove(memberId: string): Promise<void> {
    const params = { ...this.#params, memberId }
    await this.#deps.api.call(groupEndpoints.removeMember, { params })
    this.#found.remove(memberId)
    this.#counting.again()
  }

  async removeMany(memberIds: string[]): Promise<void> {
    await this.#deps.api.call(groupEndpoints.removeMembers, {
      params: this.#params,
      body: { memberIds },
    })
    for (const id of memberIds) this.#found.remove(id)
    this.#counting.again()
  }

  /** Adds people, or with `preview` only says what would become of each; with an id of the list it can be undone. */
  async import(
    members: Person[],
    given: { announce: Announcing; preview: boolean; importId?: string },
  ): Promise<MemberVerdict[]> {
    const { rows } = await this.#deps.api.call(groupEndpoints.importMembers, {
      params: this.#params,
      body: { members, ...given },
    })
    if (!given.preview) await this.#ask(undefined)
    return rows
  }

  get #params() {
    return { id: this.groupId }
  }

  async #loadGroup(): Promise<void> {
    try {
      await this.settings.load()
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
      this.#counting.take(page.counts)
    } catch (error) {
      if (asked === this.#asked) this.error = messageOf(error)
    } finally {
      if (asked === this.#asked) this.loading = false
    }
  }
}
