import { type Media, type Message, messageEndpoints } from '@partyline/contracts/api/messages'
import { noteEndpoints } from '@partyline/contracts/api/notes'
import type { Api } from '../api.ts'
import { ApiError, messageOf } from '../api-error.ts'
import { newClientKey } from '../client-key.ts'
import type { Tried } from './drafts.svelte.ts'
import { takeBack } from './take-back.ts'
import type { Outgoing } from './thread-messages.ts'
import { isUnsure, triedOf, type Unsent, unsentOf } from './unsent.ts'

export interface Draft {
  body: string
  media: Media[]
  /** What it is sent as; the body is what it says. */
  template?: Message['template']
}

/** How a text is sent; nothing: at once. */
export interface How {
  /** For colleagues only. */
  note?: boolean
  sendAt?: string
  /** With `sendAt`: their next text takes it back. */
  cancelOnReply?: boolean
  /** It waits so long, and can be taken back meanwhile. */
  undoSeconds?: number
  evenIfUnreachable?: boolean
}

interface Deps {
  api: Api
  conversationId: string
  onsent: (message: Message) => void
  /** A text given back as not sent was sent after all. */
  onlate: (draft: Draft) => void
}

interface Try extends How {
  confirm: boolean
}

function isSame(one: Draft, other: Draft): boolean {
  const ids = ({ media }: Draft) => media.map(({ id }) => id).join()
  const template = (draft: Draft) => JSON.stringify(draft.template ?? null)
  return one.body === other.body && ids(one) === ids(other) && template(one) === template(other)
}

const isOtherTime = (one: How, other: How) =>
  one.sendAt !== other.sendAt || one.cancelOnReply !== other.cancelOnReply

/** Texts between the composer and the api: in order, one at a time, shown while they travel. */
export class Outbox {
  readonly #deps: Deps
  /** Told of what was taken and waits for its time. */
  onwaiting: (message: Message) => void = () => undefined
  #outgoing = $state.raw<readonly Outgoing[]>([])
  /** Of those, the ones that will wait at first: they have no place in the thread yet. */
  #toWait = $state.raw<readonly Outgoing[]>([])
  #unsent = $state.raw<Unsent | null>(null)
  #dismissed = $state(false)
  /** Of those asked for, what nobody has heard of yet: neither the feed brought it, nor was it taken back here. */
  readonly #open = new Set<string>()
  #turn: Promise<unknown> = Promise.resolve()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  get outgoing(): readonly Outgoing[] {
    return this.#outgoing
  }

  get toWait(): readonly Outgoing[] {
    return this.#toWait
  }

  /** The last text that was not taken, until dismissed; the composer has it back. */
  get unsent(): Unsent | null {
    return this.#dismissed ? null : this.#unsent
  }

  /** For the draft that keeps its words. */
  get tried(): Tried | undefined {
    return triedOf(this.#unsent)
  }

  recall(tried: Tried): void {
    if (this.#unsent?.unsure) return
    this.#unsent = unsentOf(tried)
    this.#dismissed = true
  }

  /** False when it was not taken; `unsent` says why. */
  async send(draft: Draft, how: How = {}): Promise<boolean> {
    const earlier = this.#earlierTry(draft, how)
    const clientKey = earlier?.clientKey ?? newClientKey()
    const moved = earlier !== undefined && (earlier.moved || isOtherTime(earlier.how, how))
    const confirm = this.#unsent?.repeat === true && isSame(this.#unsent, draft)
    this.#unsent = null
    this.#open.add(clientKey)
    const outgoing = { ...draft, clientKey, createdAt: new Date().toISOString() }
    if (how.undoSeconds !== undefined) this.#toWait = [...this.#toWait, outgoing]
    else if (how.sendAt === undefined && !how.note) this.#outgoing = [...this.#outgoing, outgoing]
    const turn = this.#turn.then(() => this.#post(draft, clientKey, { ...how, confirm }, moved))
    this.#turn = turn
    return turn
  }

  /** The message is there, by whichever way it came, or was taken back where it waited. */
  settle(clientKey: string): void {
    this.#drop(clientKey)
    this.#open.delete(clientKey)
    const late = this.#unsent
    if (late?.clientKey !== clientKey) return
    this.#unsent = null
    this.#deps.onlate(late)
  }

  /** Says no more of it. Its key is kept: sent again, the text must not double. */
  dismiss(): void {
    this.#dismissed = true
  }

  /** Of the same text, which may have been taken: a note of the same words is another text. */
  #earlierTry(draft: Draft, { note = false }: How): Unsent | undefined {
    const last = this.#unsent
    const isIt = last?.unsure === true && isSame(last, draft) && (last.how.note ?? false) === note
    return isIt ? last : undefined
  }

  async #post(draft: Draft, clientKey: string, how: Try, moved: boolean): Promise<boolean> {
    try {
      if (moved && (await takeBack(this.#deps.api, { ...this.#deps, clientKey }))) {
        return await this.#post(draft, this.#renew(clientKey), how, false)
      }
      const message = await this.#ask(draft, clientKey, how)
      this.settle(clientKey)
      if (message.sendAt === null) this.#deps.onsent(message)
      else this.onwaiting(message)
      return true
    } catch (error) {
      // The feed may have brought it although the reply was lost.
      if (!this.#open.has(clientKey)) return true
      const code = error instanceof ApiError ? error.code : 'internal'
      // Only the answer to our own taking back was lost.
      if (moved && code === 'taken_back') {
        return this.#post(draft, this.#renew(clientKey), how, false)
      }
      this.settle(clientKey)
      this.#unsent = {
        ...{ ...draft, clientKey, how, moved, reason: messageOf(error) },
        ...{ unsure: isUnsure(error), repeat: code === 'repeat_unconfirmed' },
        gone: code === 'not_found',
      }
      this.#dismissed = false
      return false
    }
  }

  /** What was taken back is over under its key. */
  #renew(clientKey: string): string {
    const fresh = newClientKey()
    const renew = (each: Outgoing) =>
      each.clientKey === clientKey ? { ...each, clientKey: fresh } : each
    this.#outgoing = this.#outgoing.map(renew)
    this.#toWait = this.#toWait.map(renew)
    this.#open.delete(clientKey)
    this.#open.add(fresh)
    return fresh
  }

  #ask(
    { body, media, template }: Draft,
    clientKey: string,
    { note, confirm, ...how }: Try,
  ): Promise<Message> {
    const params = { id: this.#deps.conversationId }
    if (note) return this.#deps.api.call(noteEndpoints.write, { params, body: { body, clientKey } })
    const content = template
      ? { templateId: template.id, templateVariables: template.variables }
      : { body, mediaIds: media.map(({ id }) => id) }
    return this.#deps.api.call(messageEndpoints.send, {
      params,
      body: { ...content, clientKey, ...how, ...(confirm && { confirm }) },
    })
  }

  #drop(clientKey: string): void {
    const others = (each: Outgoing) => each.clientKey !== clientKey
    if (!this.#outgoing.every(others)) this.#outgoing = this.#outgoing.filter(others)
    if (!this.#toWait.every(others)) this.#toWait = this.#toWait.filter(others)
  }
}
