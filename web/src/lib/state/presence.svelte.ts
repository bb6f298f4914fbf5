import type { Colleague, Colleagues } from '@partyline/contracts/feed'
import { SvelteMap } from 'svelte/reactivity'
import type { Realtime } from '../realtime.ts'

interface Deps {
  realtime: Pick<Realtime, 'say'>
  userId: string
}

/** While somebody writes it is said again so often; the server forgets it a little later. */
const sayAgainMs = 3_000
const nobody: readonly Colleague[] = []

/** Which colleagues look at a conversation and which of them write in it, as far as the server tells. */
export class PresenceState {
  readonly #deps: Deps
  readonly #here = new SvelteMap<string, readonly Colleague[]>()
  readonly #typing = new SvelteMap<string, readonly Colleague[]>()
  /** Where this window is, to be told again after each connect. */
  #at: string | undefined
  #watched: readonly string[] = []
  #typedIn: string | undefined
  #saidAt = 0

  constructor(deps: Deps) {
    this.#deps = deps
  }

  here(conversationId: string): readonly Colleague[] {
    return this.#here.get(conversationId) ?? nobody
  }

  typing(conversationId: string): readonly Colleague[] {
    return this.#typing.get(conversationId) ?? nobody
  }

  /** This window shows the conversation to somebody; undefined: none, or nobody looks. */
  look(conversationId: string | undefined): void {
    if (conversationId === this.#at) return
    if (this.#at !== undefined) this.#deps.realtime.say('presence', this.#at, false)
    this.#at = conversationId
    if (conversationId !== undefined) this.#deps.realtime.say('presence', conversationId, true)
  }

  /** The rows in sight. */
  watch(ids: readonly string[]): void {
    this.#watched = ids
    this.#deps.realtime.say('watch', [...ids])
  }

  /** Call it with every key: what is said goes out every few seconds. */
  type(conversationId: string, writing: boolean): void {
    const now = Date.now()
    const isSaid = this.#typedIn === conversationId && now - this.#saidAt < sayAgainMs
    if (writing ? isSaid : this.#typedIn !== conversationId) return
    this.#typedIn = writing ? conversationId : undefined
    this.#saidAt = now
    this.#deps.realtime.say('typing', conversationId, writing)
  }

  /** A new connection knows nothing of this window. */
  sayAgain(): void {
    this.#here.clear()
    this.#typing.clear()
    this.#typedIn = undefined
    if (this.#at !== undefined) this.#deps.realtime.say('presence', this.#at, true)
    if (this.#watched.length > 0) this.#deps.realtime.say('watch', [...this.#watched])
  }

  takePresence(now: Colleagues): void {
    this.#take(this.#here, now)
  }

  takeTyping(now: Colleagues): void {
    this.#take(this.#typing, now)
  }

  #take(known: SvelteMap<string, readonly Colleague[]>, { conversationId, users }: Colleagues) {
    const others = users.filter(({ id }) => id !== this.#deps.userId)
    if (others.length === 0) known.delete(conversationId)
    else known.set(conversationId, others)
  }
}
