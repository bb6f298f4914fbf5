import {
  type Account,
  accountEndpoints,
  type AccountNumber,
} from '@partyline/contracts/api/account'
import type { Line } from '@partyline/contracts/api/lines'
import type { FeedEvent } from '@partyline/contracts/feed'
import { simulatorEndpoints } from '@partyline/contracts/simulator'
import type { Api } from '../api.ts'
import { messageOf } from '../api-error.ts'
import { allPages } from './all-pages.ts'
import type { FeedListener } from './feed.svelte.ts'

const staleMs = 5 * 60_000

/** What the Twilio account has, and connecting it. For administrators. */
export class AccountState implements FeedListener {
  readonly #api: Api
  #account = $state.raw<Account>()
  #numbers = $state.raw<readonly AccountNumber[]>([])
  #asked = 0
  error = $state<string>()

  constructor(api: Api) {
    this.#api = api
  }

  /** Undefined until it is known. */
  get account(): Account | undefined {
    return this.#account
  }

  get numbers(): readonly AccountNumber[] {
    return this.#numbers
  }

  async reload(): Promise<boolean> {
    const asked = (this.#asked += 1)
    try {
      const [account, numbers] = await Promise.all([
        this.#api.call(accountEndpoints.get),
        allPages((query) => this.#api.call(accountEndpoints.numbers, { query })),
      ])
      // A later question has the later answer.
      if (asked !== this.#asked) return true
      this.#account = account
      this.#numbers = numbers
      this.error = undefined
    } catch (error) {
      if (asked === this.#asked) this.error = messageOf(error)
    }
    return this.error === undefined
  }

  /** Shows what is known, and has Twilio asked when that is old or does not cover every line. */
  async open(lines: readonly Pick<Line, 'createdAt'>[], now: number): Promise<void> {
    if (!(await this.reload()) || !this.#account || this.#account.looking) return
    const { lookedAt } = this.#account
    const last = lookedAt === null ? 0 : Date.parse(lookedAt)
    const isOld = now - last > staleMs
    if (isOld || lines.some(({ createdAt }) => Date.parse(createdAt) > last)) await this.look()
  }

  apply({ type }: FeedEvent): void {
    if (type === 'system.changed' || type === 'line.changed') void this.reload()
  }

  async look(): Promise<void> {
    try {
      this.#account = await this.#api.call(accountEndpoints.look)
      this.error = undefined
    } catch (error) {
      this.error = messageOf(error)
    }
  }

  async connect(
    { sid }: Pick<AccountNumber, 'sid'>,
    given: { name?: string; mode?: Line['mode']; replaces?: string },
  ): Promise<void> {
    const connected = await this.#api.call(accountEndpoints.connect, {
      params: { sid },
      body: given,
    })
    this.#numbers = this.#numbers.map((number) => (number.sid === sid ? connected : number))
  }

  /** While the phones are simulated: the account gets a number, as if it had been bought. */
  async getNumber(): Promise<void> {
    await this.#own({ address: this.#freeAddress(), smsUrl: '' })
  }

  /** While the phones are simulated: the account gets the number of a line, ready for texts. */
  async getNumberOf({ address }: Pick<Line, 'address'>): Promise<void> {
    await this.#own({ address })
  }

  async #own(number: { address: string; smsUrl?: '' }): Promise<void> {
    const body = { ...number, name: 'Simulated number' }
    await this.#api.call(simulatorEndpoints.addLine, { body })
    await this.look()
  }

  /** Of those that are never given to anybody. */
  #freeAddress(): string {
    const taken = new Set(this.#numbers.map(({ address }) => address))
    const all = Array.from({ length: 100 }, (_, index) => `+12125550${100 + index}`)
    return all.find((address) => !taken.has(address)) ?? '+12125550100'
  }
}
