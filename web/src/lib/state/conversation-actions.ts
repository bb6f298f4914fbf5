import { type Conversation, conversationEndpoints } from '@partyline/contracts/api/conversations'
import type { Api } from '../api.ts'
import { messageOf } from '../api-error.ts'
import { changed, type ConversationChange, inverseOf } from '../inbox/conversation-change.ts'
import type { InboxState } from './inbox.svelte.ts'
import type { ToastsState } from './toasts.svelte.ts'

interface Deps {
  api: Api
  inbox: Pick<InboxState, 'put' | 'counts' | 'get'>
  toasts: Pick<ToastsState, 'say' | 'fail'>
}

type Many = readonly Conversation[]

const named = (them: Many) =>
  them.length === 1 ? `“${them[0]?.name ?? ''}”` : `${them.length} conversations`

/**
 * What is done with one conversation or with many: shown at once, taken back where it was refused, and
 * with a way to undo it.
 */
export class ConversationActions {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  async close(them: Many): Promise<void> {
    await this.#do(them, { status: 'closed' }, (done) => `Closed ${done}`)
  }

  async reopen(them: Many): Promise<void> {
    await this.#do(them, { status: 'open' }, (done) => `Opened ${done} again`)
  }

  async snooze(them: Many, until: string, words: string): Promise<void> {
    await this.#do(them, { snoozedUntil: until }, (done) => `Snoozed ${done} until ${words}`)
  }

  async assign(them: Many, to: { id: string; name: string } | null): Promise<void> {
    await this.#do(them, { assigneeId: to?.id ?? null }, (done) =>
      to ? `Assigned ${done} to ${to.name}` : `${done} assigned to nobody`,
    )
  }

  async label(them: Many, label: { id: string; name: string }, on: boolean): Promise<void> {
    const change = on ? { addLabelIds: [label.id] } : { removeLabelIds: [label.id] }
    await this.#do(them, change, (done) =>
      on ? `Labelled ${done} “${label.name}”` : `Took “${label.name}” off ${done}`,
    )
  }

  async mark(them: Many, read: boolean): Promise<void> {
    await this.#do(them, { read }, (done) => `Marked ${done} as ${read ? 'read' : 'unread'}`)
  }

  async #do(them: Many, change: ConversationChange, words: (done: string) => string) {
    // As they are by now: they were chosen before somebody thought of what to do with them.
    const now = them.map((one) => this.#deps.inbox.get(one.id) ?? one)
    const different = now.filter((one) => inverseOf(one, change))
    if (different.length === 0) return
    const done = await this.#change(different, change)
    if (done.length === 0) return
    const sentence = words(named(done))
    this.#deps.toasts.say(sentence.charAt(0).toUpperCase() + sentence.slice(1), {
      label: 'Undo',
      run: () => void this.#undo(done, change),
    })
  }

  /** Those that had different states before need different changes back. */
  async #undo(them: Many, change: ConversationChange): Promise<void> {
    const groups = Map.groupBy(them, (one) => JSON.stringify(inverseOf(one, change)))
    for (const group of groups.values()) {
      const [first] = group
      const undo = first && inverseOf(first, change)
      // As they are by now: the undo must not take back what happened meanwhile.
      const now = group.map((one) => this.#deps.inbox.get(one.id) ?? changed(one, change))
      if (undo) await this.#change(now, undo)
    }
  }

  /** Those that it was done to. */
  async #change(them: Many, change: ConversationChange): Promise<Many> {
    const { api, inbox, toasts } = this.#deps
    const shown = new Map(them.map((one) => [one.id, changed(one, change)]))
    for (const one of shown.values()) inbox.put(one)
    try {
      const ids = them.map(({ id }) => id)
      const { refused } = await api.call(conversationEndpoints.changeMany, {
        body: { ...change, ids },
      })
      const reasons = new Map(refused.map(({ id, reason }) => [id, reason]))
      const left = them.filter(({ id }) => reasons.has(id))
      this.#takeBack(left, shown)
      if (left.length > 0) {
        toasts.fail(`Not done for ${named(left)}: ${reasons.get(left[0]?.id ?? '') ?? ''}`)
      }
      return them.filter(({ id }) => !reasons.has(id))
    } catch (error) {
      this.#takeBack(them, shown)
      toasts.fail(messageOf(error))
      return []
    } finally {
      inbox.counts.changed()
    }
  }

  /** But for those of which the feed has told something since: that is how they are. */
  #takeBack(them: Many, shown: ReadonlyMap<string, Conversation>): void {
    for (const one of them) {
      const now = this.#deps.inbox.get(one.id)
      if (now === undefined || now === shown.get(one.id)) this.#deps.inbox.put(one)
    }
  }
}
