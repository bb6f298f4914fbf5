import { type User, userEndpoints } from '@partyline/contracts/api/session'
import type { Api } from '../api.ts'
import { messageOf } from '../api-error.ts'
import { allPages } from './all-pages.ts'

/** Everybody with an account, this person first and then by name: who a conversation may be given to. */
export class ColleaguesState {
  readonly #api: Api
  readonly #self: User
  #users = $state.raw<readonly User[]>([])
  /** Asked for once each, in case somebody new came. */
  readonly #unknown = new Set<string>()
  error = $state<string | undefined>(undefined)
  readonly items: readonly User[] = $derived(
    this.#users
      .filter(({ disabled }) => !disabled)
      .sort((a, b) => Number(b.id === this.#self.id) - Number(a.id === this.#self.id)),
  )

  constructor(api: Api, self: User) {
    this.#api = api
    this.#self = self
  }

  get(id: string): User | undefined {
    return id === this.#self.id ? this.#self : this.#users.find((user) => user.id === id)
  }

  async load(): Promise<void> {
    try {
      this.#users = await allPages((query) => this.#api.call(userEndpoints.list, { query }))
      this.error = undefined
    } catch (error) {
      this.error = messageOf(error)
    }
  }

  /** The feed does not tell of users; somebody is named whom this list does not know. */
  meet(id: string | null): void {
    if (id === null || this.get(id) || this.#unknown.has(id)) return
    this.#unknown.add(id)
    void this.load()
  }
}
