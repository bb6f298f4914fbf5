import { type Line, lineEndpoints } from '@partyline/contracts/api/lines'
import type { FeedEvent } from '@partyline/contracts/feed'
import { simulatorEndpoints } from '@partyline/contracts/simulator'
import type { z } from 'zod'
import type { Api } from '../api.ts'
import { messageOf } from '../api-error.ts'
import { allPages } from './all-pages.ts'
import { Collection } from './collection.svelte.ts'
import type { FeedListener } from './feed.svelte.ts'

export type LineChange = z.input<typeof lineEndpoints.change.body>

/** Our own numbers and senders, by name. */
export class LinesState implements FeedListener {
  readonly #api: Api
  readonly #found = new Collection<Line>()
  /** The virtual phones stand in for real ones, so any number can be ours. */
  simulated = $state(false)
  error = $state<string | undefined>(undefined)
  loaded = $state(false)
  /** Known, or known not to be had. */
  settled = $state(false)
  readonly items: readonly Line[] = $derived(
    Array.from(this.#found.all).sort(
      (a, b) =>
        // Line 2 before line 10, and those of one name by number.
        a.name.localeCompare(b.name, undefined, { numeric: true }) ||
        a.address.localeCompare(b.address),
    ),
  )

  constructor(api: Api) {
    this.#api = api
  }

  async reload(): Promise<boolean> {
    await this.load()
    return this.error === undefined
  }

  async load(): Promise<void> {
    const mark = this.#found.mark()
    this.error = undefined
    try {
      const lines = await allPages((query) => this.#api.call(lineEndpoints.list, { query }))
      this.#found.reset(lines, mark)
      this.loaded = true
    } catch (error) {
      this.error = messageOf(error)
    }
    this.settled = true
  }

  apply(event: FeedEvent): void {
    if (event.type === 'line.changed') this.#found.put(event.line)
  }

  async change(id: string, change: LineChange): Promise<void> {
    const mark = this.#found.mark()
    const changed = await this.#api.call(lineEndpoints.change, { params: { id }, body: change })
    this.#found.merge([changed], mark)
  }

  /** Where phones are simulated, they can text this number from now on. */
  async simulate(name: string, address: string): Promise<void> {
    if (!this.simulated) return
    const body = { address, name: name.slice(0, 60) }
    await this.#api.call(simulatorEndpoints.addLine, { body })
  }
}
