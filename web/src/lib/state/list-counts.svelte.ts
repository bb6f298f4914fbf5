import {
  type Conversation,
  type ConversationCounts,
  conversationEndpoints,
} from '@partyline/contracts/api/conversations'
import type { Api } from '../api.ts'
import { ApiError } from '../api-error.ts'

const restMs = 3_000

/**
 * How many conversations each view has. Where all open ones are loaded they are counted here, at once and
 * beyond a hundred; else the api is asked, soon after a change and then at most every few seconds.
 */
export class ListCounts {
  readonly #api: Api
  readonly #userId: string
  readonly #open: () => readonly Conversation[] | undefined
  #told = $state.raw<ConversationCounts | undefined>(undefined)
  #timer: ReturnType<typeof setTimeout> | undefined
  #askedAt = 0
  readonly now: ConversationCounts | undefined = $derived.by(() => this.#count())

  constructor(
    api: Api,
    userId: string,
    /** Undefined while not all are loaded. */
    open: () => readonly Conversation[] | undefined,
  ) {
    this.#api = api
    this.#userId = userId
    this.#open = open
  }

  #count(): ConversationCounts | undefined {
    const open = this.#open()
    if (!open) return this.#told
    const count = (is: (one: Conversation) => boolean) => open.filter(is).length
    const isMine = ({ assigneeId }: Conversation) => assigneeId === this.#userId
    return {
      open: open.length,
      unread: count(({ unread }) => unread > 0),
      mine: count(isMine),
      mineUnread: count((one) => isMine(one) && one.unread > 0),
      unassigned: count(({ assigneeId }) => assigneeId === null),
      waiting: count(({ waitingSince }) => waitingSince !== null),
      snoozed: this.#told?.snoozed ?? 0,
      scheduled: this.#told?.scheduled ?? 0,
    }
  }

  async load(): Promise<void> {
    this.#askedAt = Date.now()
    try {
      this.#told = await this.#api.call(conversationEndpoints.counts)
    } catch (error) {
      // They are asked for again with the next change; nobody needs to act.
      if (!(error instanceof ApiError)) throw error
    }
  }

  /** Something is different now. */
  changed(): void {
    if (this.#timer !== undefined) return
    const waitMs = Math.max(200, this.#askedAt + restMs - Date.now())
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.load()
    }, waitMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
