import { type Message, messageEndpoints } from '@partyline/contracts/api/messages'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { z } from 'zod'
import type { Api } from '../api.ts'
import { ApiError } from '../api-error.ts'
import type { FeedListener } from './feed.svelte.ts'

type Listed = z.output<typeof messageEndpoints.scheduled.reply>['items'][number]

/** A message that waits for its time. */
export interface Scheduled extends Listed {
  /** When it leaves, by the clock of this machine. */
  dueAt: number
  /** It waits just so that it can be taken back. */
  isUndo: boolean
}

/** Longer than this nobody waits just in case. */
const longestUndoMs = 61_000

/** What waits for its time in one conversation, the next one first. */
export class ScheduledState implements FeedListener {
  readonly #api: Api
  readonly #id: string
  /** Those that were sent or taken back: a list that was read before must not bring them again. */
  readonly #gone = new Set<string>()
  /** Told of each list that was read. */
  onlisted: () => void = () => undefined
  #asked = 0
  #items = $state.raw<readonly Scheduled[]>([])

  constructor(api: Api, conversationId: string) {
    this.#api = api
    this.#id = conversationId
  }

  get items(): readonly Scheduled[] {
    return this.#items
  }

  async load(): Promise<void> {
    await this.reload()
  }

  async reload(): Promise<boolean> {
    const asked = (this.#asked += 1)
    try {
      const { items } = await this.#api.call(messageEndpoints.scheduled, {
        params: { id: this.#id },
      })
      if (asked === this.#asked) {
        this.#show(items.map((item) => toScheduled(item, this.#known(item))))
        this.onlisted()
      }
      return true
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      return false
    }
  }

  apply(event: FeedEvent): void {
    if (event.type === 'scheduled.changed' && event.conversationId === this.#id) void this.reload()
    if (event.type === 'message.created' && event.message.conversationId === this.#id) {
      this.#remove(({ clientKey }) => clientKey === event.message.clientKey)
    }
  }

  /** One that this window has just made. */
  put(message: Message): void {
    const others = this.#items.filter(({ id }) => id !== message.id)
    const made = toScheduled({ ...message, problem: null, cancelOnReply: false })
    const waitsMs = Date.parse(message.sendAt ?? '') - Date.parse(message.createdAt)
    this.#show([...others, { ...made, dueAt: made.isUndo ? Date.now() + waitsMs : made.dueAt }])
  }

  /** False when it is too late: it was sent. */
  async cancel(item: Scheduled): Promise<boolean> {
    return this.#unlessGone(async () => {
      await this.#api.call(messageEndpoints.cancelScheduled, { params: { id: item.id } })
      this.#remove(({ id }) => id === item.id)
    })
  }

  /** False when it waits no longer: it was sent already, or taken back. */
  async sendNow({ id }: Scheduled): Promise<boolean> {
    return this.#unlessGone(async () => {
      await this.#api.call(messageEndpoints.sendScheduledNow, { params: { id } })
    })
  }

  async #unlessGone(act: () => Promise<void>): Promise<boolean> {
    try {
      await act()
      return true
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'not_found') throw error
      await this.reload()
      return false
    }
  }

  #known({ id, sendAt }: Listed): Scheduled | undefined {
    return this.#items.find((each) => each.id === id && each.sendAt === sendAt)
  }

  #remove(isIt: (item: Scheduled) => boolean): void {
    const gone = this.#items.filter(isIt)
    if (gone.length === 0) return
    for (const { id } of gone) this.#gone.add(id)
    this.#items = this.#items.filter((item) => !gone.includes(item))
  }

  #show(items: readonly Scheduled[]): void {
    this.#items = items
      .filter(({ id }) => !this.#gone.has(id))
      .toSorted((a, b) => a.dueAt - b.dueAt)
  }
}

/** The clocks of two machines may differ by more than the seconds one has to take a text back. */
function toScheduled(item: Listed, known?: Scheduled): Scheduled {
  const sendAt = Date.parse(item.sendAt ?? item.createdAt)
  const waitsMs = sendAt - Date.parse(item.createdAt)
  const isUndo = waitsMs < longestUndoMs && item.problem === null
  const dueAt = isUndo ? Math.min(sendAt, Date.now() + waitsMs) : sendAt
  return { ...item, isUndo, dueAt: known?.dueAt ?? dueAt }
}
