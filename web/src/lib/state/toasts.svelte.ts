import { messageOf, outOfDate } from '../api-error.ts'

export interface Toast {
  id: number
  text: string
  tone: 'plain' | 'error'
  action?: { label: string; run: () => void }
}

const shownMs = 6_000

/** Short notices about what just happened. Those with a way out stay longer; none goes while it is looked at. */
export class ToastsState {
  #items = $state.raw<readonly Toast[]>([])
  #lastId = 0
  #held = false
  /** Whose time was over while they were looked at. */
  readonly #over = new Set<number>()

  get items(): readonly Toast[] {
    return this.#items
  }

  say(text: string, action?: Toast['action']): void {
    this.#add({ text, tone: 'plain', ...(action ? { action } : {}) })
  }

  fail(text: string, action?: Toast['action']): void {
    const reload = { label: 'Reload', run: () => location.reload() }
    const wayOut = text === outOfDate ? reload : action
    this.#add({ text, tone: 'error', ...(wayOut && { action: wayOut }) })
  }

  /** Does it, and says so when it fails. Whether it was done. */
  async attempt(action: () => Promise<void>): Promise<boolean> {
    try {
      await action()
      return true
    } catch (error) {
      this.fail(messageOf(error))
      return false
    }
  }

  dismiss(id: number): void {
    this.#over.delete(id)
    this.#items = this.#items.filter((toast) => toast.id !== id)
    if (this.#items.length === 0) this.#held = false
  }

  /** Whoever they were for is gone. */
  clear(): void {
    this.#items = []
    this.#over.clear()
    this.#held = false
  }

  /** The pointer or the focus is on them. */
  hold(): void {
    this.#held = true
  }

  release(): void {
    this.#held = false
    for (const id of [...this.#over]) this.dismiss(id)
  }

  #add(given: Omit<Toast, 'id'>): void {
    const id = (this.#lastId += 1)
    // What failed twice the same way is told once.
    const others = this.#items.filter(
      ({ text, tone, action }) => text !== given.text || (action && tone === 'plain'),
    )
    this.#items = [...others.slice(-1), { ...given, id }]
    setTimeout(
      () => (this.#held ? this.#over.add(id) : this.dismiss(id)),
      given.tone === 'error' || given.action ? shownMs * 2 : shownMs,
    )
  }
}
