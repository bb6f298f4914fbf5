import { maxMediaBytes } from '@partyline/contracts/api/media'
import { maxBodyLength, type Media } from '@partyline/contracts/api/messages'
import { messageOf } from '../api-error.ts'
import type { Draft } from './outbox.svelte.ts'

export interface Attachment {
  key: number
  file: { name: string; size: number; type: string }
  /** Set once the api has it. */
  media: Media | null
  error: string | null
}

interface Deps<Upload> {
  draft: string
  upload: (file: Upload) => Promise<Media>
  send: (draft: Draft) => Promise<boolean>
}

const maxAttachments = 10

/** What is being written: the text, and the files that go with it, uploaded while it is written. */
export class ComposerState<Upload extends Attachment['file'] = File> {
  readonly #deps: Deps<Upload>
  #lastKey = 0
  #attachments = $state.raw<readonly Attachment[]>([])
  body = $state('')
  readonly left: number = $derived(maxBodyLength - this.body.trim().length)
  readonly #media: readonly Media[] = $derived(
    this.#attachments.flatMap(({ media }) => (media ? [media] : [])),
  )
  readonly canSend: boolean = $derived(
    this.left >= 0 &&
      (this.body.trim() !== '' || this.#attachments.length > 0) &&
      this.#media.length === this.#attachments.length,
  )

  constructor(deps: Deps<Upload>) {
    this.#deps = deps
    this.body = deps.draft
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
  async submit(): Promise<void> {
    if (!this.canSend) return
    const draft = { body: this.body.trim(), media: [...this.#media] }
    const sent = this.#attachments
    this.body = ''
    this.#attachments = []
    if (await this.#deps.send(draft)) return
    this.body = this.body === '' ? draft.body : `${draft.body}\n${this.body}`
    this.#attachments = [...sent, ...this.#attachments]
  }

  /** The text given back turned out to be sent after all. */
  forget(draft: Draft): void {
    if (this.body.trim() !== draft.body) return
    this.body = ''
    this.#attachments = []
  }

  async #attachOne(file: Upload): Promise<void> {
    const key = (this.#lastKey += 1)
    const error = this.#refusal(file)
    this.#attachments = [...this.#attachments, { key, file, media: null, error }]
    if (error !== null) return
    try {
      const media = await this.#deps.upload(file)
      this.#replace(key, { media })
    } catch (failure) {
      this.#replace(key, { error: messageOf(failure) })
    }
  }

  #refusal(file: Upload): string | null {
    if (this.#attachments.length >= maxAttachments) return 'At most 10 files fit into one text.'
    if (file.size > maxMediaBytes) return 'Larger than 5 MB, which is more than a text can carry.'
    return null
  }

  #replace(key: number, change: Partial<Attachment>): void {
    this.#attachments = this.#attachments.map((attachment) =>
      attachment.key === key ? { ...attachment, ...change } : attachment,
    )
  }
}
