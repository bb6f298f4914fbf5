import { type Group, groupEndpoints } from '@partyline/contracts/api/groups'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { Api } from '../api.ts'

interface Change {
  name?: string
  adminName?: string
  announce?: boolean
  paused?: boolean
}

/** One group and how it is set: a change is shown at once, and taken back where it was refused. */
export class GroupState {
  readonly #api: Api
  readonly #id: string
  #group = $state.raw<Group | undefined>(undefined)

  constructor(api: Api, id: string) {
    this.#api = api
    this.#id = id
  }

  /** Undefined until it is known. */
  get now(): Group | undefined {
    return this.#group
  }

  async load(): Promise<void> {
    const before = this.#group
    const group = await this.#api.call(groupEndpoints.get, this.#params)
    // What was told or changed since it was asked for is newer.
    if (this.#group === before) this.#group = group
  }

  apply(event: FeedEvent): void {
    if (event.type === 'group.changed' && event.group.id === this.#id) this.#group = event.group
  }

  async change(change: Change): Promise<void> {
    const before = this.#group
    const shown = before && changed(before, change)
    this.#group = shown
    try {
      const body = change
      const group = await this.#api.call(groupEndpoints.change, { ...this.#params, body })
      if (this.#group === shown) this.#group = group
    } catch (error) {
      if (this.#group === shown) this.#group = before
      throw error
    }
  }

  get #params() {
    return { params: { id: this.#id } }
  }
}

function changed(group: Group, { paused, ...rest }: Change): Group {
  const pausedAt = paused ? (group.pausedAt ?? new Date().toISOString()) : null
  return { ...group, ...rest, ...(paused !== undefined && { pausedAt }) }
}
