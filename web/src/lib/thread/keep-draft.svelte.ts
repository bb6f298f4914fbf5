import type { ComposerState } from '../state/composer.svelte.ts'
import type { DraftsState } from '../state/drafts.svelte.ts'

/** What is in the box outlives it; what comes back goes into the box that is there by then. */
export function keepDraft(drafts: DraftsState, id: string, composer: ComposerState): void {
  $effect(() => {
    drafts.set(id, composer.draft)
  })
  $effect(() => {
    const end = drafts.write(id, (draft) => composer.receive(draft))
    return () => {
      end()
      composer.leave()
    }
  })
}
