import type { User } from '@partyline/contracts/api/session'
import type { Api } from '../api.ts'
import type { ComposerState } from '../state/composer.svelte.ts'
import type { FeedState } from '../state/feed.svelte.ts'
import { NewerState } from '../state/newer.svelte.ts'
import type { How } from '../state/outbox.svelte.ts'
import { ReachState } from '../state/reach.svelte.ts'
import { SavedRepliesState } from '../state/saved-replies.svelte.ts'
import { type Scheduled, ScheduledState } from '../state/scheduled.svelte.ts'
import type { ThreadState } from '../state/thread.svelte.ts'
import type { ToastsState } from '../state/toasts.svelte.ts'
import { LaterState } from './later.svelte.ts'
import { RewritingState } from './rewriting.svelte.ts'
import { fillVariables, firstNameOf, type Known, openVariable } from './variables.ts'

interface Deps {
  api: Api
  feed: Pick<FeedState, 'listen'>
  thread: ThreadState
  composer: ComposerState
  user: User
  toasts: ToastsState
}

/** So long a text to a group can be taken back. */
const undoSeconds = 10

/** All that a text needs between the first letter and leaving. */
export class WritingState {
  readonly #deps: Deps
  readonly composer: ComposerState
  readonly scheduled: ScheduledState
  readonly reach: ReachState
  readonly newer: NewerState
  readonly replies: SavedRepliesState
  readonly rewriting: RewritingState
  readonly later = new LaterState()
  /** The carrier says that nothing arrives there, and somebody wants to try. */
  triesAnyway = $state(false)
  /** A variable that has to be filled in first; anew with each press of send. */
  gap = $state.raw<{ start: number; end: number; name: string } | null>(null)
  /** What was pressed when something newer was asked about. */
  #pressed = () => this.send()

  constructor(deps: Deps) {
    this.#deps = deps
    const { api, thread, composer, user, toasts } = deps
    this.composer = composer
    this.scheduled = new ScheduledState(api, thread.id)
    const { scheduled, later } = this
    this.rewriting = new RewritingState({ composer, scheduled, toasts, later })
    this.reach = new ReachState(api, thread.id)
    this.replies = new SavedRepliesState(api)
    this.newer = new NewerState({
      ...{ conversationId: thread.id, userId: user.id },
      isWriting: () => !composer.isEmpty && !composer.note,
    })
    thread.outbox.onwaiting = (message) => this.scheduled.put(message)
    this.scheduled.onlisted = () => this.#settleWaiting()
  }

  open(): () => void {
    const { feed } = this.#deps
    const unlisten = [this.scheduled, this.reach, this.newer].map((each) => feed.listen(each))
    void this.scheduled.load()
    return () => {
      for (const undo of unlisten) undo()
      this.reach.stop()
    }
  }

  async send(how: How = {}): Promise<void> {
    const { composer, rewriting } = this
    this.#pressed = () => this.send(how)
    if (!composer.note && !this.#isReady()) return
    if (!composer.canSend) return
    if (!rewriting.isOn) {
      await this.#submit(how)
    } else if (composer.note) {
      if (await this.#submit({})) rewriting.leave()
    } else {
      const sendAt = how.sendAt ?? rewriting.time()
      if (sendAt !== undefined) await rewriting.replace(() => this.#submit({ sendAt }))
    }
  }

  /** What is written anew goes out now instead of at its time. */
  async sendInstead(): Promise<void> {
    this.#pressed = () => this.sendInstead()
    if (this.#isReady() && this.composer.canSend) {
      await this.rewriting.replace(() => this.#submit({}))
    }
  }

  /** Although something newer came: as it was to be sent. */
  async sendAnyway(): Promise<void> {
    await this.#pressed()
  }

  edit(item: Scheduled): void {
    this.rewriting.begin(item, { waits: true })
  }

  /** Takes a text that was to wait just for that back into the box. */
  async takeBack(item: Scheduled): Promise<void> {
    await this.#deps.toasts.attempt(async () => {
      if (await this.#cancel(item)) this.composer.restore(item)
      else this.#deps.toasts.say('Too late: it has been sent.')
    })
  }

  async drop(item: Scheduled): Promise<void> {
    const { toasts } = this.#deps
    await toasts.attempt(async () => {
      if (!(await this.#cancel(item))) return toasts.say('Too late: it has been sent.')
      const back = {
        label: 'Put back',
        run: () => this.rewriting.begin(item, { waits: false }),
      }
      // The words of a template, written anew, would be free text.
      toasts.say('The text will not be sent.', item.template ? undefined : back)
    })
  }

  /** No answer to it is waited for any more, and what was given back as not sent is this very text. */
  async #cancel(item: Scheduled): Promise<boolean> {
    const cancelled = await this.scheduled.cancel(item)
    if (cancelled && item.clientKey !== null) this.#deps.thread.outbox.settle(item.clientKey)
    return cancelled
  }

  async sendNow(item: Scheduled): Promise<void> {
    const { toasts } = this.#deps
    await toasts.attempt(async () => {
      if (await this.scheduled.sendNow(item)) return
      toasts.say('It waits no longer: it was sent already, or taken back.')
    })
  }

  fill(text: string): string {
    const { thread, user } = this.#deps
    const { conversation } = thread
    const name =
      conversation?.kind === 'direct' ? (conversation.contact?.name ?? undefined) : undefined
    const known: Known = {
      ...{ name, 'first name': firstNameOf(name) },
      ...{ 'my name': user.name, line: conversation?.line?.name },
    }
    return fillVariables(text, known)
  }

  async #submit(how: How): Promise<boolean> {
    this.newer.clear()
    const isGroup = this.#deps.thread.conversation?.kind === 'group'
    const isLater = how.sendAt !== undefined
    const { later } = this
    const sent = await this.composer.submit({
      ...how,
      ...(isLater && later.cancelOnReply && { cancelOnReply: true }),
      ...(isGroup && !isLater && { undoSeconds }),
      ...(this.triesAnyway && { evenIfUnreachable: true }),
    })
    if (sent && isLater) later.cancelOnReply = false
    if (!sent) this.#settleWaiting()
    return sent
  }

  /** Its answer was lost, and yet it waits: not one for another time, nor one that is to replace another. */
  #settleWaiting(): void {
    const { outbox } = this.#deps.thread
    const { unsent } = outbox
    if (!unsent || unsent.moved || this.rewriting.isOn) return
    const waits = this.scheduled.items.some(({ clientKey }) => clientKey === unsent.clientKey)
    if (waits) outbox.settle(unsent.clientKey)
  }

  #isReady(): boolean {
    const { composer } = this
    composer.body = this.fill(composer.body)
    this.gap = openVariable(composer.body)
    return this.gap === null && this.newer.allow()
  }
}
