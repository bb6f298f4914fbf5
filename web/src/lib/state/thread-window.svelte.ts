import { type Message, messageEndpoints } from '@partyline/contracts/api/messages'
import type { Api } from '../api.ts'
import { Collection } from './collection.svelte.ts'

const pageLength = 50
/** What is kept of a thread, and drawn: enough for some screens in both directions. */
const mostKept = 300

/**
 * A stretch of a conversation without holes: it grows at the end that is read and is cut at the other, so
 * that a thread of any length stays small. Without a ceiling it reaches to the newest message and follows.
 */
export class ThreadWindow {
  readonly #api: Api
  readonly #id: string
  readonly #known = new Collection<Message>()
  #floor = $state.raw(0)
  #ceiling = $state.raw(Infinity)
  #hasOlder = $state.raw(false)
  /** The newest place that was heard of, shown or not. */
  #lastSeq = $state.raw(0)
  #arrived = $state.raw(0)
  /** Counts replacements and cuts: a page asked for before one may not fit any more. */
  #version = 0
  /** Counts the questions for another stretch: of two the later one counts. */
  #asked = 0
  loadingOlder = $state(false)
  loadingNewer = $state(false)
  readonly items: readonly Message[] = $derived(
    Array.from(this.#known.all)
      .filter(({ seq }) => seq >= this.#floor && seq <= this.#ceiling)
      .sort((a, b) => a.seq - b.seq),
  )

  constructor(api: Api, id: string) {
    this.#api = api
    this.#id = id
  }

  get hasOlder(): boolean {
    return this.#hasOlder
  }

  /** Whether it reaches to the newest message. */
  get isLive(): boolean {
    return this.#ceiling === Infinity
  }

  get(id: string): Message | undefined {
    return this.#known.get(id)
  }

  get lastSeq(): number {
    return this.#lastSeq
  }

  /** Counts what others sent while this is open, wherever it is read. */
  get arrived(): number {
    return this.#arrived
  }

  put(message: Message, { isOwn = false } = {}): void {
    const isNews = message.seq > this.#lastSeq && message.kind !== 'event' && !isOwn
    if (isNews) this.#arrived += 1
    this.#known.put(message)
    this.#heardOf([message])
  }

  async loadLatest(): Promise<void> {
    await this.#load({})
  }

  /** Resolves to the place that was looked for, or the nearest there is; undefined when one asked for another since. */
  async loadAround(place: { around: number } | { at: string }): Promise<number | undefined> {
    const page = await this.#load({ ...place, limit: pageLength })
    return page && (page.around ?? 0)
  }

  async loadOlder(): Promise<void> {
    if (!this.#hasOlder || this.loadingOlder) return
    this.loadingOlder = true
    try {
      const page = await this.#more({ before: this.#floor })
      if (!page) return
      this.#showFrom(page)
      const lowest = this.items[mostKept - 1]
      // An end that is cut a little would only have to be asked for again.
      if (!lowest || this.items.length <= mostKept + pageLength) return
      this.#ceiling = lowest.seq
      this.#forgetOutside()
    } finally {
      this.loadingOlder = false
    }
  }

  async loadNewer(): Promise<void> {
    const after = this.#ceiling
    if (after === Infinity || this.loadingNewer) return
    this.loadingNewer = true
    try {
      const page = await this.#more({ after })
      if (!page) return
      this.#ceiling = page.nextCursor === null ? Infinity : (page.items.at(-1)?.seq ?? after)
      this.cutOlder()
    } finally {
      this.loadingNewer = false
    }
  }

  /** Forgets what is far above its end, for whoever reads that. */
  cutOlder(): void {
    const first = this.items.at(-mostKept)
    if (!first || this.items.length <= mostKept + pageLength) return
    this.#floor = first.seq
    this.#hasOlder = true
    this.#forgetOutside()
  }

  async #load(query: object) {
    const asked = (this.#asked += 1)
    const mark = this.#known.mark()
    const page = await this.#ask(query)
    if (asked !== this.#asked) return undefined
    this.#replace(page.items, mark)
    this.#showFrom(page)
    this.#ceiling = page.newerAfter ?? Infinity
    return page
  }

  async #more(query: { before: number } | { after: number }) {
    const version = this.#version
    const mark = this.#known.mark()
    const page = await this.#ask({ ...query, limit: pageLength })
    if (version !== this.#version) return undefined
    this.#known.merge(page.items, mark)
    this.#heardOf(page.items)
    return page
  }

  #replace(items: readonly Message[], mark: number): void {
    this.#version += 1
    this.#known.reset(items, mark)
    this.#heardOf(items)
  }

  #heardOf(items: readonly Message[]): void {
    this.#lastSeq = Math.max(this.#lastSeq, ...items.map(({ seq }) => seq))
  }

  #showFrom({ items, nextCursor }: { items: readonly Message[]; nextCursor: string | null }): void {
    this.#hasOlder = nextCursor !== null
    this.#floor = nextCursor === null ? 0 : (items.at(-1)?.seq ?? 0)
  }

  #forgetOutside(): void {
    this.#version += 1
    const kept = new Set(this.items.map(({ id }) => id))
    this.#known.keep(kept)
  }

  async #ask(query: object) {
    return this.#api.call(messageEndpoints.list, { params: { id: this.#id }, query })
  }
}
