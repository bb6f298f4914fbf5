import { untrack } from 'svelte'
import { ApiError } from '../api-error.ts'
import type { ComposerState } from '../state/composer.svelte.ts'
import type { InboxState } from '../state/inbox.svelte.ts'
import type { ThreadState } from '../state/thread.svelte.ts'

interface Deps {
  thread: Pick<ThreadState, 'conversation'>
  composer: Pick<ComposerState, 'isEmpty'>
  inbox: Pick<InboxState, 'start'>
}

/** The conversation of a saved contact is in the inbox from the first letter on: else nobody would find the draft. */
export function beginWithDraft({ thread, composer, inbox }: Deps): void {
  let begun = false

  $effect(() => {
    const { conversation } = thread
    if (!conversation || conversation.begun || begun || composer.isEmpty) return
    begun = true
    void untrack(() => begin(conversation))
  })

  async function begin({ line, address }: NonNullable<ThreadState['conversation']>) {
    if (!line || address === null) return
    try {
      await inbox.start({ lineId: line.id, address })
    } catch (error) {
      // Sending it begins it too.
      if (!(error instanceof ApiError)) throw error
    }
  }
}
