import type { WebhookLog } from '@partyline/contracts/api/webhook-log'

type Refused = WebhookLog['refused'][number]

/** The refused webhooks as they are read: what comes later waits until it is asked for, so that nothing moves. */
export class RefusalsState {
  #shown = $state.raw<readonly Refused[]>([])
  #latest = $state.raw<readonly Refused[]>([])
  /** How many came since. */
  readonly news: number = $derived.by(() => {
    const newest = this.#shown[0]?.at ?? ''
    return this.#latest.filter(({ at }) => at > newest).length
  })

  get shown(): readonly Refused[] {
    return this.#shown
  }

  /** Newest first. */
  take(refused: readonly Refused[]): void {
    this.#latest = refused
    if (this.#shown.length === 0) this.show()
  }

  show(): void {
    this.#shown = this.#latest
  }
}
