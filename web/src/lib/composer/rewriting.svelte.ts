import type { ComposerState } from '../state/composer.svelte.ts'
import type { Scheduled, ScheduledState } from '../state/scheduled.svelte.ts'
import type { ToastsState } from '../state/toasts.svelte.ts'
import type { LaterState } from './later.svelte.ts'

interface Deps {
  composer: Pick<ComposerState, 'swap' | 'swapBack' | 'takeAside'>
  scheduled: Pick<ScheduledState, 'items' | 'cancel'>
  toasts: Pick<ToastsState, 'say' | 'attempt'>
  later: Pick<LaterState, 'cancelOnReply'>
}

/** A scheduled text that is being written anew: it keeps its time, and waits as it was until the new one is stored. */
export class RewritingState {
  readonly #deps: Deps
  #isOn = $state(false)
  /** Null when it waits no longer and nothing has to be taken back. */
  #item = $state.raw<Scheduled | null>(null)
  #at = $state.raw(new Date(0))
  #refused = $state(false)
  /** Whether a reply takes back the text that is laid aside. */
  #cancels = false
  /** The new one travels. */
  #busy = false

  constructor(deps: Deps) {
    this.#deps = deps
  }

  get isOn(): boolean {
    return this.#isOn
  }

  get at(): Date {
    return this.#at
  }

  /** Send was pressed, and nothing sent. */
  get refused(): boolean {
    return this.#refused
  }

  /** It was sent or taken back while it was written anew. */
  get isGone(): boolean {
    return this.#item !== null && !this.#deps.scheduled.items.some((each) => this.isOf(each))
  }

  isOf({ id }: Scheduled): boolean {
    return this.#item?.id === id
  }

  /** With `waits` false it has been taken back already. */
  begin(item: Scheduled, { waits }: { waits: boolean }): void {
    const { composer, later } = this.#deps
    composer.swap(item, { waits: () => this.#item !== null && !this.isGone })
    if (!this.#isOn) this.#cancels = later.cancelOnReply
    later.cancelOnReply = item.cancelOnReply
    this.#item = waits ? item : null
    this.#at = new Date(item.dueAt)
    this.#refused = false
    this.#isOn = true
  }

  move(at: Date): void {
    if (this.isGone) this.#item = null
    this.#at = at
    this.#refused = false
  }

  /** The box gets back what was in it; whatever still waits goes out as it was. */
  leave(): void {
    this.#end()
    this.#deps.composer.swapBack()
  }

  /** The time it still can go out at; undefined when only a person can decide. */
  time(): string | undefined {
    this.#refused = this.isGone || this.#at.getTime() <= Date.now()
    return this.#refused ? undefined : this.#at.toISOString()
  }

  /** The old one goes only once the new one is stored, so that nothing is lost in between. */
  async replace(store: () => Promise<boolean>): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    try {
      const old = this.isGone ? null : this.#item
      if (!(await store())) return
      if (old) await this.#cancel(old)
      this.#end()
      this.#deps.composer.takeAside()
    } finally {
      this.#busy = false
    }
  }

  #end(): void {
    if (this.#isOn) this.#deps.later.cancelOnReply = this.#cancels
    this.#isOn = false
    this.#item = null
  }

  async #cancel(old: Scheduled): Promise<void> {
    const { scheduled, toasts } = this.#deps
    await toasts.attempt(async () => {
      if (await scheduled.cancel(old)) return
      toasts.say('The earlier text had been sent already; the new one goes out as well.')
    })
  }
}
