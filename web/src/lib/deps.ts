import { createContext } from 'svelte'
import type { Api } from './api.ts'
import type { NoticesState } from './state/notices.svelte.ts'
import type { SessionState } from './state/session.svelte.ts'
import type { ThemeState } from './state/theme.svelte.ts'
import type { ToastsState } from './state/toasts.svelte.ts'
import type { Workspace } from './workspace.ts'

/** What every page may use. */
export const [useApp, provideApp] = createContext<{
  api: Api
  session: SessionState
  toasts: ToastsState
  theme: ThemeState
  notices: NoticesState
}>()

/** What pages behind the sign-in may use. */
export const [useWorkspace, provideWorkspace] = createContext<Workspace>()

/** Asks for a new conversation, with an address to begin with or an empty text. */
export const [useNewConversation, provideNewConversation] =
  createContext<(address: string) => void>()

/** From a thread back to the list: where a phone shows one at a time. */
export const [useBack, provideBack] = createContext<() => void>()
