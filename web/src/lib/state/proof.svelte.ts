import { sessionEndpoints } from '@partyline/contracts/api/session'
import type { Api } from '../api.ts'

/** The password asked for once more, when what somebody does wants it. Whatever else wants it waits too. */
export class ProofState {
  readonly #api: Api
  #question = $state.raw<PromiseWithResolvers<boolean>>()

  constructor(api: Api) {
    this.#api = api
    api.onReauth(() => (this.#question ??= Promise.withResolvers<boolean>()).promise)
  }

  get asking(): boolean {
    return this.#question !== undefined
  }

  /** Rejects when it is not theirs; then it is still asked for. */
  async prove(password: string): Promise<void> {
    await this.#api.call(sessionEndpoints.prove, { body: { password } })
    this.#answer(true)
  }

  /** What waits for it is not done. */
  cancel(): void {
    this.#answer(false)
  }

  #answer(proved: boolean): void {
    this.#question?.resolve(proved)
    this.#question = undefined
  }
}
