const waitsMs = [1_000, 2_000, 5_000, 10_000]

/** Tries again after a while, and after a longer one each time until something worked. */
export class Backoff {
  #attempt = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #ended = false

  get ended(): boolean {
    return this.#ended
  }

  /** Instead of whatever was to be tried before. */
  later(action: () => void): void {
    this.in(waitsMs[Math.min(this.#attempt, waitsMs.length - 1)] ?? 0, action)
    this.#attempt += 1
  }

  /** The same after a time that does not grow. */
  in(delayMs: number, action: () => void): void {
    this.cancel()
    if (!this.#ended) this.#timer = setTimeout(action, delayMs)
  }

  cancel(): void {
    clearTimeout(this.#timer)
  }

  worked(): void {
    this.#attempt = 0
  }

  /** Nothing is tried from now on. */
  end(): void {
    this.#ended = true
    this.cancel()
  }
}
