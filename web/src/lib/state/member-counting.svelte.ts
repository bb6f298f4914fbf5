import { groupEndpoints, type MemberCounts } from '@partyline/contracts/api/groups'
import type { Api } from '../api.ts'
import { ApiError } from '../api-error.ts'

/** The counts come with the list; after a change they are asked for again, once for many changes. */
const restMs = 400

/** How many of a group's members are in which state, whatever of them is shown. */
export class MemberCounting {
  readonly #api: Api
  readonly #groupId: string
  #counts = $state.raw<MemberCounts | undefined>(undefined)
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(api: Api, groupId: string) {
    this.#api = api
    this.#groupId = groupId
  }

  get now(): MemberCounts | undefined {
    return this.#counts
  }

  take(counts: MemberCounts | null | undefined): void {
    if (counts) this.#counts = counts
  }

  again(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#ask(), restMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  async #ask(): Promise<void> {
    try {
      const { counts } = await this.#api.call(groupEndpoints.members, {
        params: { id: this.#groupId },
        query: { limit: 1 },
      })
      this.take(counts)
    } catch (error) {
      // The next change counts again; the numbers are a help, not the list.
      if (!(error instanceof ApiError)) throw error
    }
  }
}
