import { sessionEndpoints, setupEndpoints, type User } from '@partyline/contracts/api/session'
import type { Api } from '../api.ts'
import { ApiError } from '../api-error.ts'

/** Who sits here. `user` is undefined until we know, and null when nobody is signed in. */
export class SessionState {
  readonly #api: Api
  #user = $state.raw<User | null | undefined>(undefined)

  constructor(api: Api) {
    this.#api = api
    api.onSignedOut(() => {
      this.#user = null
    })
  }

  get user(): User | null | undefined {
    return this.#user
  }

  get isAdmin(): boolean {
    return this.#user?.role === 'admin'
  }

  async load(): Promise<void> {
    try {
      this.#user = (await this.#api.call(sessionEndpoints.get)).user
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'not_signed_in') throw error
      this.#user = null
    }
  }

  async signIn(email: string, password: string): Promise<void> {
    const body = { email: email.trim(), password }
    this.#user = (await this.#api.call(sessionEndpoints.create, { body })).user
  }

  async signOut(): Promise<void> {
    await this.#api.call(sessionEndpoints.remove)
    this.#user = null
  }

  /** They changed their own account. */
  renamed(user: User): void {
    this.#user = user
  }

  async needsSetup(): Promise<boolean> {
    return (await this.#api.call(setupEndpoints.get)).needed
  }

  async setUp(given: { token: string; name: string; email: string; password: string }) {
    const body = { ...given, email: given.email.trim() }
    this.#user = (await this.#api.call(setupEndpoints.create, { body })).user
  }
}
