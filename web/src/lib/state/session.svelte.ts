import { sessionEndpoints, setupEndpoints, type User } from '@partyline/contracts/api/session'
import type { Api } from '../api.ts'
import { ApiError } from '../api-error.ts'

const storageKey = 'partyline.user'

/** Who sits here. `user` is undefined until we know, and null when nobody is signed in. */
export class SessionState {
  readonly #api: Api
  /** By which the windows of this browser, which have one session, learn whose it is. */
  readonly #storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  #user = $state.raw<User | null | undefined>(undefined)
  #ended = $state(false)

  constructor(api: Api, storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {
    this.#api = api
    this.#storage = storage
    api.onSignedOut(() => {
      this.#ended = this.#ended || !!this.#user
      this.#is(null)
    })
  }

  get user(): User | null | undefined {
    return this.#user
  }

  /** Whoever was signed in is not any more, and not by their own doing here. */
  get ended(): boolean {
    return this.#ended
  }

  get isAdmin(): boolean {
    return this.#user?.role === 'admin'
  }

  async load(): Promise<void> {
    try {
      this.#is((await this.#api.call(sessionEndpoints.get)).user)
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'not_signed_in') throw error
      this.#is(null)
    }
  }

  /** Whether another window, having written this key, is somebody else's by now: then this one is too. */
  isOver(key: string | null): boolean {
    if (key !== storageKey || this.#user === undefined) return false
    return this.#storage.getItem(storageKey) !== (this.#user?.id ?? null)
  }

  async signIn(email: string, password: string): Promise<void> {
    const body = { email: email.trim(), password }
    this.#is((await this.#api.call(sessionEndpoints.create, { body })).user)
  }

  async signOut(): Promise<void> {
    await this.#api.call(sessionEndpoints.remove)
    this.#is(null)
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
    this.#is((await this.#api.call(setupEndpoints.create, { body })).user)
  }

  #is(user: User | null): void {
    this.#user = user
    if (user) this.#ended = false
    try {
      if (user) this.#storage.setItem(storageKey, user.id)
      else this.#storage.removeItem(storageKey)
    } catch {
      // A full or forbidden store: other windows then learn it from the api.
    }
  }
}
