import type { Message } from '@partyline/contracts/api/messages'
import { maxBodyLength } from '@partyline/contracts/api/new-message'
import { maxNoteLength } from '@partyline/contracts/api/notes'
import { type Attachment, type AttachmentDeps, AttachmentsState } from './attachments.svelte.ts'
import type { KeptDraft } from './drafts.svelte.ts'
import type { Draft, How } from './outbox.svelte.ts'

interface Deps<Upload> extends AttachmentDeps<Upload> {
  draft: KeptDraft | undefined
  send: (draft: Draft, how: How) => Promise<boolean>
  /** Takes what comes back once nobody is at this box any more; null: a template, of which nothing is kept. */
  keep: (draft: KeptDraft | null) => void
}

interface Back {
  body: string
  note: boolean
  files: readonly Attachment[]
}

/** What is being written: the text, and the files that go with it, uploaded while it is written. */
export class ComposerState<Upload extends Attachment['file'] = File> {
  readonly #deps: Deps<Upload>
  readonly files: AttachmentsState<Upload>
  /** What was in the box before a scheduled text was put there to be written anew. */
  #aside = $state.raw<Back | null>(null)
  /** Whether that text waits as it was: its words are then kept elsewhere. */
  #waits = () => false
  #left = false
  body = $state('')
  /** For colleagues only; its files wait until a text goes out. */
  note = $state(false)
  /** A template is being chosen instead. */
  picksTemplate = $state(false)
  readonly left: number = $derived(
    (this.note ? maxNoteLength : maxBodyLength) - this.body.trim().length,
  )
  readonly isEmpty: boolean = $derived(this.body.trim() === '' && this.attachments.length === 0)
  readonly canSend: boolean = $derived.by(() => {
    if (this.left < 0) return false
    return this.note ? this.body.trim() !== '' : !this.isEmpty && this.files.ready
  })

  constructor(deps: Deps<Upload>) {
    this.#deps = deps
    this.files = new AttachmentsState(deps)
    if (!deps.draft) return
    this.body = deps.draft.text
    this.note = deps.draft.note
    this.files.putInFront(this.files.ofKept(deps.draft.files))
  }

  /** What to keep of it for another day: a scheduled text is kept where it waits. */
  get draft(): KeptDraft {
    return keptOf(this.#all({ body: this.body, note: this.note, files: this.attachments }))
  }

  get attachments(): readonly Attachment[] {
    return this.files.items
  }

  /** Emptied at once; what was not taken comes back in front of what was typed since. */
  async submit(how: How = {}): Promise<boolean> {
    if (!this.canSend) return false
    const { note } = this
    const draft = { body: this.body.trim(), media: note ? [] : [...this.files.media] }
    this.body = ''
    const sent = note ? [] : this.files.take()
    // Whoever adds a note mostly answers next.
    this.note = false
    if (await this.#deps.send(draft, note ? { note } : how)) return true
    this.#comeBack({ body: draft.body, note, files: sent })
    return false
  }

  /** What is in the box stays there. */
  async sendTemplate(body: string, template: Message['template'], how: How = {}): Promise<boolean> {
    const sent = await this.#deps.send({ body, media: [], template }, how)
    if (!sent && this.#left) this.#deps.keep(null)
    return sent
  }

  /** Its conversation is not open any more: what had not gone out by then must not be lost with it. */
  leave(): void {
    this.#left = true
  }

  /** What an earlier box of this conversation was left with. */
  receive({ text, note, files }: KeptDraft): void {
    this.#comeBack({ body: text, note, files: this.files.ofKept(files) })
  }

  /** A text that has not gone out after all, in front of what was typed since. */
  restore({ body, media }: Draft): void {
    this.#comeBack({ body, note: false, files: this.files.ofMedia(media) })
  }

  /** Puts a text into the box instead of what is there, which is laid aside. */
  swap({ body, media }: Draft, { waits }: { waits: () => boolean }): void {
    this.#aside = this.#all({ body: this.body, note: this.note, files: this.files.take() })
    this.#waits = waits
    this.note = false
    this.body = body
    this.files.putInFront(this.files.ofMedia(media))
  }

  /** Puts back what was laid aside, instead of what is there. */
  swapBack(): void {
    this.body = ''
    this.files.take()
    this.takeAside()
  }

  /** Puts back what was laid aside, in front of what was typed since. */
  takeAside(): void {
    const aside = this.#aside
    if (aside === null) return
    this.#aside = null
    this.note = aside.note
    this.#giveBack(aside.body, aside.files)
  }

  /** The text given back turned out to be sent after all. */
  forget(draft: Draft): void {
    if (this.body.trim() !== draft.body) return
    this.body = ''
    const sent = new Set(draft.media.map(({ id }) => id))
    for (const { key, media } of this.attachments) {
      if (media && sent.has(media.id)) this.files.remove(key)
    }
  }

  /** What is in the box, and what was laid aside for it. */
  #all(now: Back): Back {
    const aside = this.#aside
    if (aside === null) return now
    return this.#waits() ? aside : together(now, aside)
  }

  #comeBack(back: Back): void {
    if (this.#left) return this.#deps.keep(keptOf(back))
    // Text and note in one box: what is private must not go out with the rest.
    if (back.note || this.body.trim() === '') this.note = back.note
    this.#giveBack(back.body, back.files)
  }

  #giveBack(body: string, files: readonly Attachment[]): void {
    if (body !== '') this.body = inFront(body, this.body)
    this.files.putInFront(files)
  }
}

const inFront = (body: string, rest: string) => (rest === '' ? body : `${body}\n${rest}`)

function together(now: Back, aside: Back): Back {
  return {
    body: now.body === '' ? aside.body : inFront(now.body, aside.body),
    // What is private must not go out with the rest.
    note: now.note || aside.note,
    files: [...now.files, ...aside.files],
  }
}

function keptOf({ body, note, files }: Back): KeptDraft {
  const kept = files
    // What no text carries is told once.
    .filter(({ media, error, failed, lost }) => media ?? (error === null || failed || lost))
    .map(({ media, file: { name, size, type } }) => ({ name, size, type, media }))
  return { text: body, note, files: kept }
}
