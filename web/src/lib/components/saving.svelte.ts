import { messageOf } from '../api-error.ts'
import type { ToastsState } from '../state/toasts.svelte.ts'

interface Saves {
  save: () => Promise<void>
  /** It has worked. */
  close: () => void
  /** Whether a field says what went wrong. */
  saysAt?: (failure: unknown) => boolean
}

/**
 * What a dialog does with what was filled in. Once it was left another may be open in its place: that stays,
 * and a failure is told of all the same.
 */
export class Saving {
  readonly #toasts: Pick<ToastsState, 'fail'>
  #left = false
  busy = $state(false)
  error = $state<string | undefined>(undefined)

  constructor(toasts: Pick<ToastsState, 'fail'>) {
    this.#toasts = toasts
  }

  leave(): void {
    this.#left = true
  }

  async run({ save, close, saysAt = () => false }: Saves): Promise<void> {
    this.error = undefined
    this.busy = true
    try {
      await save()
      if (!this.#left) close()
    } catch (failure) {
      if (this.#left) this.#toasts.fail(messageOf(failure))
      else if (!saysAt(failure)) this.error = messageOf(failure)
    } finally {
      this.busy = false
    }
  }
}
