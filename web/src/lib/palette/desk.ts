import type { Conversation } from '@partyline/contracts/api/conversations'
import type { Api } from '../api.ts'
import type { ThemeState } from '../state/theme.svelte.ts'
import type { ToastsState } from '../state/toasts.svelte.ts'
import type { Workspace } from '../workspace.ts'
import type { PalettePage } from './entry.ts'

/** What the palette's entries work with. */
export interface Desk {
  api: Api
  workspace: Workspace
  toasts: ToastsState
  theme: ThemeState
  isAdmin: boolean
  /** The conversations that it is about: those selected, or the one that is open. */
  them: readonly Conversation[]
  goto: (href: string) => unknown
  startWith: (address: string) => void
  startGroup: () => void
  /** Asks until when to snooze them. */
  pickTime: (them: Desk['them']) => void
  turnTo: (page: PalettePage) => void
}
