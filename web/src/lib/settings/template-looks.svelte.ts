import {
  type Template,
  type TemplateLook,
  templateEndpoints,
} from '@partyline/contracts/api/templates'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { Api } from '../api.ts'
import { messageOf } from '../api-error.ts'
import type { FeedListener } from '../state/feed.svelte.ts'
import { PagedList } from './paged-list.svelte.ts'

/** The templates of the account, and when they were looked at. */
export class TemplateLooks implements FeedListener {
  readonly #api: Api
  readonly list: PagedList<Template>
  #look = $state.raw<TemplateLook>()
  error = $state<string>()

  constructor(api: Api) {
    this.#api = api
    this.list = new PagedList((query) => api.call(templateEndpoints.list, { query }))
  }

  /** Undefined until it is known. */
  get look(): TemplateLook | undefined {
    return this.#look
  }

  async reload(): Promise<boolean> {
    await Promise.all([this.#ask(() => this.#api.call(templateEndpoints.state)), this.list.load()])
    return this.error === undefined && this.list.error === undefined
  }

  async again(): Promise<void> {
    await this.#ask(() => this.#api.call(templateEndpoints.look))
  }

  apply({ type }: FeedEvent): void {
    if (type === 'system.changed') void this.reload()
  }

  async #ask(asking: () => Promise<TemplateLook>): Promise<void> {
    try {
      this.#look = await asking()
      this.error = undefined
    } catch (failure) {
      this.error = messageOf(failure)
    }
  }
}
