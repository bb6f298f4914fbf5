const nearPx = 80

/** A row and how far below the log's upper edge it begins. */
export interface Place {
  seq: number
  offset: number
}

/**
 * Where a log stands: at its end, which it follows, or at a row that stays where it is whatever is added,
 * cut or grows around it.
 */
export class LogScroll {
  /** Only going up leaves the end: what comes in moves the end away without a word. */
  atEnd = $state(true)
  #log: HTMLElement | undefined
  #place: Place | undefined
  #lastTop = 0
  #lastShape = ''
  #follows = () => true

  /** `follows`: whether its end is the end of all. */
  attach(log: HTMLElement, follows: () => boolean): () => void {
    this.#log = log
    this.#follows = follows
    const observer = new ResizeObserver(() => this.keep())
    observer.observe(log)
    if (log.firstElementChild) observer.observe(log.firstElementChild)
    return () => {
      observer.disconnect()
      this.#log = undefined
    }
  }

  /** Undefined at the end. */
  get place(): Place | undefined {
    return this.atEnd && this.#follows() ? undefined : this.#place
  }

  /** How much there is to scroll, above what is in sight and below it. */
  get room(): { above: number; below: number; height: number } {
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = this.#log ?? {}
    const below = scrollHeight - scrollTop - clientHeight
    return { above: scrollTop, below, height: clientHeight }
  }

  /** Whether a row stands above what is in sight, or is not here. */
  isAbove(seq: number): boolean {
    const row = this.#rowOf(seq)
    return row === undefined || this.#offsetOf(row) < 0
  }

  moved(): void {
    if (!this.#log) return
    const { above, below } = this.room
    if (below < nearPx) this.atEnd = true
    // Where the log has grown, the browser moved it: nobody went up.
    else if (above < this.#lastTop && this.#shape === this.#lastShape) this.atEnd = false
    this.#note()
    this.#place = this.#firstInSight()
  }

  /** To be called when the rows have changed. */
  keep(): void {
    if (!this.#log) return
    if (this.atEnd && this.#follows()) return this.toEnd()
    if (this.#place) this.#putAt(this.#place)
  }

  toEnd(): void {
    if (!this.#log) return
    this.#log.scrollTop = this.#log.scrollHeight
    this.#note()
    this.atEnd = true
  }

  /** Back to where it stood. False when that row is not here. */
  restore(place: Place): boolean {
    this.atEnd = false
    this.#place = place
    return this.#putAt(place)
  }

  /** Puts a row in the middle; undefined when it is not here. */
  show(seq: number): HTMLElement | undefined {
    const row = this.#rowOf(seq)
    if (!row) return undefined
    const offset = Math.max(0, (this.room.height - row.offsetHeight) / 2)
    this.restore({ seq, offset })
    const { below } = this.room
    this.atEnd = below < nearPx
    return row
  }

  #putAt({ seq, offset }: Place): boolean {
    const row = this.#rowOf(seq)
    if (!this.#log || !row) return false
    const moved = this.#offsetOf(row) - offset
    if (Math.abs(moved) >= 1) this.#log.scrollTop += moved
    this.#note()
    return true
  }

  /** What the browser moves it for. */
  get #shape(): string {
    return `${this.#log?.clientHeight ?? 0} ${this.#log?.scrollHeight ?? 0}`
  }

  #note(): void {
    this.#lastTop = this.#log?.scrollTop ?? 0
    this.#lastShape = this.#shape
  }

  #rowOf(seq: number): HTMLElement | undefined {
    return this.#log?.querySelector<HTMLElement>(`[data-seq="${seq}"]`) ?? undefined
  }

  #offsetOf(row: HTMLElement): number {
    return row.getBoundingClientRect().top - (this.#log?.getBoundingClientRect().top ?? 0)
  }

  /** Rows stand in their order, so the first in sight is found by halving. */
  #firstInSight(): Place | undefined {
    const rows = Array.from(this.#log?.querySelectorAll<HTMLElement>('[data-seq]') ?? [])
    let from = 0
    let to = rows.length - 1
    while (from < to) {
      const middle = Math.floor((from + to) / 2)
      const row = rows[middle]
      if (row && this.#offsetOf(row) + row.offsetHeight > 0) to = middle
      else from = middle + 1
    }
    const row = rows[from]
    return row && { seq: Number(row.dataset['seq']), offset: this.#offsetOf(row) }
  }
}
