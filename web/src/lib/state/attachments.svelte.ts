import { maxMediaBytes } from '@partyline/contracts/api/media'
import type { Media } from '@partyline/contracts/api/messages'
import { messageOf } from '../api-error.ts'
import type { KeptFile } from './drafts.svelte.ts'

export interface Attachment {
  key: number
  /** What was chosen; of one put back from a message that waited, or from a draft, what is known of it. */
  file: { name: string; size: number; type: string }
  /** How much of it has gone up, from 0 to 1. */
  progress: number
  /** Set once the api has it. */
  media: Media | null
  error: string | null
  /** It did not go up, and may when it is tried again: else it is a file that no text carries. */
  failed: boolean
  /** Its bytes are no longer here: to go up it has to be chosen again. */
  lost: boolean
}

export interface AttachmentDeps<Upload> {
  upload: (file: Upload, onprogress: (part: number) => void) => Promise<Media>
  /** Whether the api still has what had gone up before the page was loaded. */
  isThere: (media: Media) => Promise<boolean>
}

const maxAttachments = 10
const carried = /^(image|audio|video)\/|^application\/pdf$|^text\/(x-)?vcard$/
const nothingYet = { progress: 0, media: null, error: null, failed: false, lost: false }

/** The files that go with a text, uploaded while it is written. */
export class AttachmentsState<Upload extends Attachment['file'] = File> {
  readonly #deps: AttachmentDeps<Upload>
  #lastKey = 0
  #items = $state.raw<readonly Attachment[]>([])
  /** What became of those that were taken before they had gone up. */
  readonly #away = new Map<number, Partial<Attachment>>()
  readonly media: readonly Media[] = $derived(
    this.#items.flatMap(({ media }) => (media ? [media] : [])),
  )
  /** All have gone up. */
  readonly ready: boolean = $derived(this.media.length === this.#items.length)

  constructor(deps: AttachmentDeps<Upload>) {
    this.#deps = deps
  }

  get items(): readonly Attachment[] {
    return this.#items
  }

  async add(files: Iterable<Upload>): Promise<void> {
    await Promise.all(Array.from(files, (file) => this.#addOne(file)))
  }

  remove(key: number): void {
    this.#items = this.#items.filter((other) => other.key !== key)
  }

  /** All there are, which are then nobody's until they are put back. */
  take(): readonly Attachment[] {
    const taken = this.#items
    for (const { key, media } of taken) if (!media) this.#away.set(key, {})
    this.#items = []
    return taken
  }

  putInFront(items: readonly Attachment[]): void {
    const back = items.map((each) => ({ ...each, ...this.#away.get(each.key) }))
    for (const { key } of items) this.#away.delete(key)
    this.#items = [...back, ...this.#items]
  }

  ofMedia(media: readonly Media[]): Attachment[] {
    return media.map((each) => this.#ofOne(each))
  }

  /** What a draft kept: what had not gone up before the page was left cannot any more. */
  ofKept(files: readonly KeptFile[]): Attachment[] {
    const error = 'Cut short when the page was left. Choose it again.'
    return files.map(({ media, ...file }) =>
      media
        ? this.#ofOne(media, file)
        : { ...nothingYet, key: (this.#lastKey += 1), file, error, lost: true },
    )
  }

  /** Asks for each that had gone up whether it is still there. */
  async look(): Promise<void> {
    await Promise.all(
      this.#items.map(async ({ key, media }) => {
        if (!media || (await this.#deps.isThere(media))) return
        const error = 'No longer stored. Choose it again.'
        this.#replace(key, { ...nothingYet, error, lost: true })
      }),
    )
  }

  /** Uploads again what did not go up; what is lost, from the file chosen instead. */
  async retry(key: number, chosen?: Upload): Promise<void> {
    const failed = this.#items.find((each) => each.key === key)
    if (!failed || failed.media !== null || (failed.lost && !chosen)) return
    const file = chosen ?? (failed.file as Upload)
    const error = this.#refusal(file, key)
    if (chosen) this.#replace(key, { file, error, lost: false })
    if (error === null) await this.#upload(key, file)
  }

  #ofOne(media: Media, known?: Attachment['file']): Attachment {
    const { fileName, sizeBytes, contentType } = media
    const file = known ?? { name: fileName ?? 'File', size: sizeBytes ?? 0, type: contentType }
    return { ...nothingYet, key: (this.#lastKey += 1), file, progress: 1, media }
  }

  async #addOne(file: Upload): Promise<void> {
    const key = (this.#lastKey += 1)
    const error = this.#refusal(file, key)
    this.#items = [...this.#items, { ...nothingYet, key, file, error }]
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
    const others = this.#items.filter((each) => each.key !== key && each.error === null)
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
    const away = this.#away.get(key)
    if (away) this.#away.set(key, { ...away, ...change })
    this.#items = this.#items.map((attachment) =>
      attachment.key === key ? { ...attachment, ...change } : attachment,
    )
  }
}
