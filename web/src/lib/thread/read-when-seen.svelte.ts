import { isPageVisible } from '../page-visible.ts'
import type { ThreadState } from '../state/thread.svelte.ts'

/** What is open in front of somebody counts as read, once for each new text: who marks it unread again means it. */
export function readWhenSeen(thread: ThreadState): void {
  let readUpTo: number | undefined
  $effect(() => {
    const { window, conversation } = thread
    const { lastSeq } = window
    if (!isPageVisible() || !conversation || conversation.unread === 0) return
    if (lastSeq === readUpTo) return
    readUpTo = lastSeq
    void thread.markRead()
  })
}
