import { type SavedReply, savedReplyEndpoints } from '@partyline/contracts/api/saved-replies'
import type { Api } from '../api.ts'
import { ApiError } from '../api-error.ts'

/** What is said often, asked for when somebody wants to say it. */
export class SavedRepliesState {
  readonly #api: Api
  #items = $state.raw<readonly SavedReply[]>()

  constructor(api: Api) {
    this.#api = api
  }

  /** Undefined until they are known. */
  get items(): readonly SavedReply[] | undefined {
    return this.#items
  }

  async load(): Promise<void> {
    try {
      this.#items = (await this.#api.call(savedReplyEndpoints.list)).items
    } catch (error) {
      // What is known stays; the text can be written by hand.
      if (!(error instanceof ApiError)) throw error
      this.#items ??= []
    }
  }
}
