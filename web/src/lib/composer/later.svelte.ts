import type { Conversation } from '@partyline/contracts/api/conversations'

type Clocks = typeof import('./their-time.ts')

/** What is asked of a text that goes out later, and what the clocks of whoever gets it say then. */
export class LaterState {
  #clocks = $state.raw<{ zone: string; of: Clocks } | undefined>()
  #isDirect = $state(false)
  #cancels = $state(false)

  /** Of one person: in a group everybody has clocks of their own, and anybody may reply. */
  async look({ kind, address }: Pick<Conversation, 'kind' | 'address'>): Promise<void> {
    this.#isDirect = kind === 'direct'
    if (!this.#isDirect || !address?.includes('+') || this.#clocks) return
    // Without a connection their clocks are not known; they are asked for again with the next text.
    const of = await import('./their-time.ts').catch(() => undefined)
    if (of === undefined) return
    const zone = of.zoneOfPhone(address)
    if (zone !== undefined) this.#clocks = { zone, of }
  }

  get canCancel(): boolean {
    return this.#isDirect
  }

  /** Their next text takes it back. */
  get cancelOnReply(): boolean {
    return this.#isDirect && this.#cancels
  }

  set cancelOnReply(cancels: boolean) {
    this.#cancels = cancels
  }

  /** Undefined where it is the same as here, or not known. */
  theirTime(at: Date): string | undefined {
    return this.#clocks?.of.theirTime(at, this.#clocks.zone)
  }

  /** When their clocks show what this time shows here. */
  whenTheyHave(shown: Date): Date {
    return this.#clocks?.of.whenTheyHave(shown, this.#clocks.zone) ?? shown
  }

  /** `Rome`, as the place that the zone is named after. */
  get place(): string | undefined {
    return this.#clocks?.zone.split('/').at(-1)?.replaceAll('_', ' ')
  }

  /** The next nine o'clock there that is not just about to come; undefined where it is nine here too. */
  theirMorning(now: Date): Date | undefined {
    if (this.theirTime(now) === undefined) return undefined
    for (let days = -1; days < 4; days += 1) {
      const nine = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9)
      const at = this.whenTheyHave(nine)
      if (at.getTime() > now.getTime() + 1_800_000) return at
    }
    return undefined
  }
}
