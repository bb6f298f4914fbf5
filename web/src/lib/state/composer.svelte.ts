import { maxMediaBytes } from '@partyline/contracts/api/media'
import { maxBodyLength, type Media } from '@partyline/contracts/api/messages'
import { maxNoteLength } from '@partyline/contracts/api/notes'
import { messageOf } from '../api-error.ts'
import type { Draft, How } from './outbox.svelte.ts'

export interface Attachment {
  key: number
  /** What was chosen; of one put back from a message that waited, what is known of it. */
  file: { name: string; size: number; type: string }
  /** How much of it has gone up, from 0 to 1. */
  progress: number
  /** Set once the api has it. */
  media: Media | null
  error: string | null
  /** It did not go up, and may when it is tried again: else it is a file that no text carries. */
  failed: boolean
}

interface Deps<Upload> {
  draft: string
  upload: (file: Upload, onprogress: (part: number) => void) => Promise<Media>
  send: (draft: Draft, how: How) => Promise<boolean>
}

const maxAttachments = 10
const carried = /^(image|audio|video)\/|^application\/pdf$|^text\/(x-)?vcard$/

/** What is being written: the text, and the files that go with it, uploaded while it is written. */
export class ComposerState<Upload extends Attachment['file'] = File> {
  readonly #deps: Deps<Upload>
  #lastKey = 0
  #attachments = $state.raw<readonly Attachment[]>([])
  /** What was in the box before a scheduled text was put there to be written anew. */
  #aside = $state.raw<{ body: string; note: boolean; files: readonly Attachment[] } | null>(null)
  body = $state('')
  /** For colleagues only; its files wait until a text goes out. */
  note = $state(false)
  readonly left: number = $derived(
    (this.note ? maxNoteLength : maxBodyLength) - this.body.trim().length,
  )
  readonly #media: readonly Media[] = $derived(
    this.#attachments.flatMap(({ media }) => (media ? [media] : [])),
  )
  readonly isEmpty: boolean = $derived(this.body.trim() === '' && this.#attachments.length === 0)
  readonly canSend: boolean = $derived(
    this.left >= 0 &&
      (this.note
        ? this.body.trim() !== ''
        : !this.isEmpty && this.#media.length === this.#attachments.length),
  )

  constructor(deps: Deps<Upload>) {
    this.#deps = deps
    this.body = deps.draft
  }

  /** What to keep of it for another day: a scheduled text is kept where it waits. */
  get draft(): string {
    return this.#aside?.body ?? this.body
  }

  get attachments(): readonly Attachment[] {
    return this.#attachments
  }

  async attach(files: Iterable<Upload>): Promise<void> {
    await Promise.all(Array.from(files, (file) => this.#attachOne(file)))
  }

  detach(key: number): void {
    this.#attachments = this.#attachments.filter((other) => other.key !== key)
  }

  /** Emptied at once; what was not taken comes back in front of what was typed since. */
  async submit(how: How = {}): Promise<boolean> {
    if (!this.canSend) return false
    const { note } = this
    const draft = { body: this.body.trim(), media: note ? [] : [...this.#media] }
    const sent = note ? [] : this.#attachments
    this.body = ''
    if (!note) this.#attachments = []
    // Whoever adds a note mostly answers next.
    this.note = false
    if (await this.#deps.send(draft, note ? { note } : how)) return true
    this.#giveBack(draft.body, sent)
    this.note = note
    return false
  }

  /** A text that has not gone out after all, in front of what was typed since. */
  restore({ body, media }: Draft): void {
    this.note = false
    this.#giveBack(body, this.#filesOf(media))
  }

  /** Puts a text into the box instead of what is there, which is laid aside. */
  swap({ body, media }: Draft): void {
    this.#aside ??= { body: this.body, note: this.note, files: this.#attachments }
    this.note = false
    this.body = body
    this.#attachments = this.#filesOf(media)
  }

  /** Puts back what was laid aside, instead of what is there. */
  swapBack(): void {
    this.body = ''
    this.#attachments = []
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

  /** Uploads again what did not go up. */
  async retry(key: number): Promise<void> {
    const failed = this.#attachments.find((each) => each.key === key)
    if (!failed || failed.media !== null || this.#refusal(failed.file, key) !== null) return
    await this.#upload(key, failed.file as Upload)
  }

  /** The text given back turned out to be sent after all. */
  forget(draft: Draft): void {
    if (this.body.trim() !== draft.body) return
    this.body = ''
    this.#attachments = []
  }

  #filesOf(media: readonly Media[]): Attachment[] {
    return media.map((each) => ({
      key: (this.#lastKey += 1),
      file: {
        ...{ name: each.fileName ?? 'File', size: each.sizeBytes ?? 0, type: each.contentType },
      },
      ...{ progress: 1, media: each, error: null, failed: false },
    }))
  }

  #giveBack(body: string, files: readonly Attachment[]): void {
    if (body !== '') this.body = this.body === '' ? body : `${body}\n${this.body}`
    this.#attachments = [...files, ...this.#attachments]
  }

  async #attachOne(file: Upload): Promise<void> {
    const key = (this.#lastKey += 1)
    const error = this.#refusal(file, key)
    const attachment = { key, file, progress: 0, media: null, error, failed: false }
    this.#attachments = [...this.#attachments, attachment]
    if (error === null) await this.#upload(key, file)
  }

  async #upload(key: number, file: Upload): Promise<void> {
    this.#replace(key, { error: null, failed: false, progress: 0 })
    try {
      const media = await this.#deps.upload(file, (progress) => this.#replace(key, { progress }))
      this.#replace(key, { media, progress: 1 })
    } catch (failure) {
      this.#replace(key, { error: messageOf(failure), failed: true })
    }
  }

  /** Told before anything goes up. */
  #refusal({ size, type }: Attachment['file'], key: number): string | null {
    const others = this.#attachments.filter((each) => each.key !== key && each.error === null)
    if (others.length >= maxAttachments) return 'At most 10 files fit into one text.'
    if (type !== '' && !carried.test(type))
      return 'Not a picture, sound, video, PDF or contact card.'
    if (size > maxMediaBytes) return 'Larger than 5 MB, which is more than a text can carry.'
    if (others.reduce((sum, { file }) => sum + file.size, size) > maxMediaBytes) {
      return 'Together more than 5 MB, which is more than a text can carry.'
    }
    return null
  }

  #replace(key: number, change: Partial<Attachment>): void {
    this.#attachments = this.#attachments.map((attachment) =>
      attachment.key === key ? { ...attachment, ...change } : attachment,
    )
  }
}
