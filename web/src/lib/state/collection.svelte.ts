/**
 * Things by id, fed from two sides that race: replies, which show how it was when they were asked,
 * and the feed. What the feed changed (or removed) since a reply was asked for wins over that reply.
 */
export class Collection<T extends { id: string }> {
  #byId = $state.raw<ReadonlyMap<string, T>>(new Map())
  readonly #touchedAt = new Map<string, number>()
  #clock = 0

  get all(): Iterable<T> {
    return this.#byId.values()
  }

  get size(): number {
    return this.#byId.size
  }

  get(id: string): T | undefined {
    return this.#byId.get(id)
  }

  /** Take before asking, give to `merge` or `reset` with the reply. */
  mark(): number {
    return this.#clock
  }

  put(item: T): void {
    this.touch(item.id)
    this.#byId = new Map(this.#byId).set(item.id, item)
  }

  remove(id: string): void {
    this.touch(id)
    const rest = new Map(this.#byId)
    rest.delete(id)
    this.#byId = rest
  }

  /** It is different now, so what is under way does not know it. */
  touch(id: string): void {
    this.#clock += 1
    this.#touchedAt.set(id, this.#clock)
  }

  /** Forgets all others; they may come again with any reply. */
  keep(ids: ReadonlySet<string>): void {
    this.#byId = new Map(Array.from(this.#byId).filter(([id]) => ids.has(id)))
  }

  merge(items: readonly T[], mark: number): void {
    const all = new Map(this.#byId)
    for (const item of items) if (!this.#isTouchedSince(item.id, mark)) all.set(item.id, item)
    this.#byId = all
  }

  /** As `merge`, and forgets what the reply no longer has. */
  reset(items: readonly T[], mark: number): void {
    const newer = Array.from(this.all).filter(({ id }) => this.#isTouchedSince(id, mark))
    this.#byId = new Map(newer.map((item) => [item.id, item]))
    this.merge(items, mark)
  }

  #isTouchedSince(id: string, mark: number): boolean {
    return (this.#touchedAt.get(id) ?? 0) > mark
  }
}
