import { copyText } from '../copy-text.ts'
import type { KeptDraft } from '../state/drafts.svelte.ts'
import type { InboxState } from '../state/inbox.svelte.ts'
import type { ThreadState } from '../state/thread.svelte.ts'
import type { ToastsState } from '../state/toasts.svelte.ts'

interface Deps {
  thread: Pick<ThreadState, 'id' | 'conversation' | 'outbox'>
  inbox: { drafts: Pick<InboxState['drafts'], 'isOver' | 'giveBack'> }
  toasts: Pick<ToastsState, 'say' | 'fail'>
}

/** What did not go out after its conversation was left, which tells of it; null: a template, of which nothing is kept. */
export function giveBack(draft: KeptDraft | null, { thread, inbox, toasts }: Deps): void {
  if (inbox.drafts.isOver) return
  const { id, conversation, outbox } = thread
  const { reason = '', gone = false } = outbox.unsent ?? {}
  const name = conversation?.name ?? ''
  // A draft of it nobody could open.
  if (gone) {
    const text = draft?.text ?? ''
    const copy = async () => {
      if (await copyText(text, { toasts })) toasts.say('The text is copied')
    }
    const action = text === '' ? undefined : { label: 'Copy the text', run: () => void copy() }
    return toasts.fail(`Not sent to ${name}: the conversation is not there any more.`, action)
  }
  if (draft) inbox.drafts.giveBack(id, { ...draft, tried: outbox.tried })
  toasts.fail(`Not sent to ${name}. ${reason}${draft ? ' It is kept as a draft.' : ''}`)
}
