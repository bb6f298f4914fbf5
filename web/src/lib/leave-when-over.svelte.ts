import { goto } from '$app/navigation'
import { untrack } from 'svelte'
import { pathOf } from './conversation-path.ts'
import type { ComposerState } from './state/composer.svelte.ts'
import type { InboxState } from './state/inbox.svelte.ts'
import type { ThreadState } from './state/thread.svelte.ts'
import type { Toast, ToastsState } from './state/toasts.svelte.ts'

interface Deps {
  thread: ThreadState
  composer: ComposerState
  inbox: InboxState
  toasts: ToastsState
}

/** Closed or deleted, here or elsewhere, while it is open: says so and goes back to the list. */
export function leaveWhenOver({ thread, composer, inbox, toasts }: Deps): void {
  let wasOpen = false

  function leave(text: string, action?: Toast['action']) {
    untrack(() => toasts.say(text, action))
    void goto(inbox.home)
  }

  $effect(() => {
    const { conversation } = thread
    if (thread.phase === 'missing' && conversation) {
      untrack(() => inbox.remove(thread.id))
      leave(`“${conversation.name}” was deleted.`)
    }
    if (conversation?.status === 'open') wasOpen = true
    if (conversation?.status !== 'closed' || !wasOpen) return
    wasOpen = false
    // Who is writing is not interrupted; the header shows it.
    if (untrack(() => !composer.isEmpty)) return
    // Out of the open ones, and into those of the closed.
    untrack(() => inbox.put(conversation))
    leave(`“${conversation.name}” was closed.`, {
      label: 'Undo',
      run: () =>
        void toasts.attempt(async () => {
          inbox.put(await thread.change({ status: 'open' }))
          await goto(pathOf(conversation))
        }),
    })
  })
}
