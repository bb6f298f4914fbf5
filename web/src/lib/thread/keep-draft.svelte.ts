import type { ComposerState } from '../state/composer.svelte.ts'
import type { DraftsState } from '../state/drafts.svelte.ts'
import type { ThreadState } from '../state/thread.svelte.ts'

interface Deps {
  drafts: DraftsState
  composer: ComposerState
  thread: ThreadState
}

/** What is in the box outlives it; what comes back goes into the box that is there by then. */
export function keepDraft({ drafts, composer, thread }: Deps): void {
  const { id, outbox } = thread
  $effect(() => {
    drafts.set(id, { ...composer.draft, tried: outbox.tried })
  })
  $effect(() => {
    const end = drafts.write(id, (draft) => {
      composer.receive(draft)
      if (draft.tried) thread.recall(draft.tried)
    })
    return () => {
      end()
      composer.leave()
    }
  })
}
