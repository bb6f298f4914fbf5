import { type Label, labelEndpoints } from '@partyline/contracts/api/labels'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { Api } from '../api.ts'
import { messageOf } from '../api-error.ts'
import { Collection } from './collection.svelte.ts'
import type { FeedListener } from './feed.svelte.ts'

/** All labels, by name. */
export class LabelsState implements FeedListener {
  readonly #api: Api
  readonly #known = new Collection<Label>()
  error = $state<string | undefined>(undefined)
  /** Known, or known not to be had. */
  settled = $state(false)
  readonly items: readonly Label[] = $derived(
    Array.from(this.#known.all).sort((a, b) => a.name.localeCompare(b.name)),
  )

  constructor(api: Api) {
    this.#api = api
  }

  get(id: string): Label | undefined {
    return this.#known.get(id)
  }

  async load(): Promise<void> {
    const mark = this.#known.mark()
    try {
      const { items } = await this.#api.call(labelEndpoints.list)
      this.#known.reset(items, mark)
      this.error = undefined
    } catch (error) {
      this.error = messageOf(error)
    }
    this.settled = true
  }

  async reload(): Promise<boolean> {
    await this.load()
    return this.error === undefined
  }

  apply(event: FeedEvent): void {
    if (event.type === 'label.changed') this.#known.put(event.label)
    if (event.type === 'label.deleted') this.#known.remove(event.id)
  }
}
