import { ApiError } from '../api-error.ts'
import type { Tried } from './drafts.svelte.ts'
import type { Draft, How } from './outbox.svelte.ts'

/** A text that was not taken, or of which nobody knows. */
export interface Unsent extends Draft {
  clientKey: string
  /** As it was to be sent. */
  how: How
  /** One key stands for one text: a try before may wait under it for another time, and would keep that. */
  moved: boolean
  reason: string
  /** No answer came that says no, so it may have been sent: only the same key is safe to use again. */
  unsure: boolean
  /** The same text went to the same people a moment ago: sent again, it is meant. */
  repeat: boolean
  /** Its conversation is not there any more. */
  gone: boolean
}

/** Without an answer, or with one that somebody on the way made up, the api may have taken it. */
const unsureCodes: ReadonlySet<string> = new Set([
  ...['unreachable', 'unavailable', 'internal', 'unexpected_reply'],
])

/** Whether a text that failed so may have been taken all the same. */
export function isUnsure(error: unknown): boolean {
  return !(error instanceof ApiError) || unsureCodes.has(error.code)
}

/** What a draft keeps of it: of what may have been sent at once, in words alone. */
export function triedOf(unsent: Unsent | null): Tried | undefined {
  if (!unsent?.unsure || unsent.moved || unsent.template || unsent.media.length > 0) {
    return undefined
  }
  const { body, clientKey, how } = unsent
  return how.note || how.sendAt !== undefined ? undefined : { body, clientKey }
}

/** Of what a draft kept: whoever kept it has told why. */
export function unsentOf({ body, clientKey }: Tried): Unsent {
  return {
    ...{ body, media: [], clientKey, how: {}, reason: '' },
    ...{ moved: false, unsure: true, repeat: false, gone: false },
  }
}
