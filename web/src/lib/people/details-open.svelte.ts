import { MediaQuery } from 'svelte/reactivity'

const key = 'partyline.details'

/** Whether the details are shown beside a thread. On a wide screen the choice is remembered. */
export class DetailsOpen {
  readonly #wide = new MediaQuery('min-width: 72rem')
  /** Undefined: where there is room. */
  #open = $state.raw<boolean | undefined>()

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage) {
    this.#storage = storage
    this.#open = storage.getItem(key) === 'closed' ? false : undefined
  }

  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>

  get open(): boolean | undefined {
    return this.#open
  }

  get shown(): boolean {
    return this.#open ?? this.#wide.current
  }

  set(open: boolean | undefined): void {
    if (!this.#wide.current) {
      this.#open = open
      return
    }
    this.#open = open === false ? false : undefined
    this.#storage.setItem(key, open === false ? 'closed' : 'open')
  }

  toggle(): void {
    this.set(!this.shown)
  }

  close(): void {
    this.set(false)
  }
}
