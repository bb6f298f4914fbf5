import { type Group, groupEndpoints, type Member } from '@partyline/contracts/api/groups'
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

/** The members of one group, in the order they joined. */
export class MembersState implements FeedListener {
  readonly groupId: string
  readonly #deps: Deps
  readonly #found = new Collection<Member>()
  #nextCursor = $state.raw<string | null | undefined>(undefined)
  #group = $state.raw<Group | undefined>(undefined)
  error = $state<string | undefined>(undefined)
  readonly items: readonly Member[] = $derived(
    Array.from(this.#found.all).sort(
      (a, b) => a.joinedAt.localeCompare(b.joinedAt) || a.id.localeCompare(b.id),
    ),
  )

  constructor(groupId: string, deps: Deps) {
    this.groupId = groupId
    this.#deps = deps
  }

  get group(): Group | undefined {
    return this.#group
  }

  get loaded(): boolean {
    return this.#nextCursor !== undefined
  }

  get hasMore(): boolean {
    return typeof this.#nextCursor === 'string'
  }

  open(): () => void {
    return followFirst(this.#deps.feed, this.groupId, this)
  }

  async reload(): Promise<boolean> {
    await this.load()
    return this.error === undefined
  }

  async load(): Promise<void> {
    await Promise.all([this.#ask(undefined), this.#loadGroup()])
  }

  async loadMore(): Promise<void> {
    if (typeof this.#nextCursor === 'string') await this.#ask(this.#nextCursor)
  }

  apply(event: FeedEvent): void {
    if (event.type === 'member.changed' && event.member.conversationId === this.groupId) {
      this.#found.put(event.member)
    }
    if (event.type === 'group.changed' && event.group.id === this.groupId) this.#group = event.group
    if (event.type === 'member.removed' && event.conversationId === this.groupId) {
      this.#found.remove(event.id)
    }
  }

  async add(name: string, phone: string): Promise<void> {
    const mark = this.#found.mark()
    const params = { id: this.groupId }
    const added = await this.#deps.api.call(groupEndpoints.addMember, {
      params,
      body: { name, phone },
    })
    this.#found.merge([added], mark)
  }

  async remove(memberId: string): Promise<void> {
    const params = { id: this.groupId, memberId }
    await this.#deps.api.call(groupEndpoints.removeMember, { params })
    this.#found.remove(memberId)
  }

  async #loadGroup(): Promise<void> {
    try {
      const params = { id: this.groupId }
      this.#group = await this.#deps.api.call(groupEndpoints.get, { params })
    } catch (error) {
      this.error = messageOf(error)
    }
  }

  async #ask(cursor: string | undefined): Promise<void> {
    const mark = this.#found.mark()
    this.error = undefined
    try {
      const page = await this.#deps.api.call(groupEndpoints.members, {
        params: { id: this.groupId },
        query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) },
      })
      if (cursor === undefined) this.#found.reset(page.items, mark)
      else this.#found.merge(page.items, mark)
      this.#nextCursor = page.nextCursor
    } catch (error) {
      this.error = messageOf(error)
    }
  }
}
