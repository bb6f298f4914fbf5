import { systemEndpoints } from '@partyline/contracts/api/system'
import type { User } from '@partyline/contracts/api/session'
import type { z } from 'zod'
import type { Api } from './api.ts'
import type { Realtime } from './realtime.ts'
import { KeyBoard } from './palette/key-board.ts'
import { Clock } from './state/clock.svelte.ts'
import { ColleaguesState } from './state/colleagues.svelte.ts'
import { ConversationActions } from './state/conversation-actions.ts'
import { DraftsState } from './state/drafts.svelte.ts'
import { FeedState } from './state/feed.svelte.ts'
import { GroupsState } from './state/groups.svelte.ts'
import { InboxState } from './state/inbox.svelte.ts'
import { LabelsState } from './state/labels.svelte.ts'
import { LinesState } from './state/lines.svelte.ts'
import { PresenceState } from './state/presence.svelte.ts'
import { SearchState } from './state/search.svelte.ts'
import { Selection } from './state/selection.svelte.ts'
import type { ToastsState } from './state/toasts.svelte.ts'
import type { Place } from './thread/log-scroll.svelte.ts'

export type System = z.output<typeof systemEndpoints.get.reply>

interface Deps {
  api: Api
  realtime: Realtime
  isOnline: () => boolean
  user: User
  toasts: Pick<ToastsState, 'say' | 'fail'>
  /** Where drafts outlive the page. */
  storage: ConstructorParameters<typeof DraftsState>[0]
}

export interface Workspace {
  user: User
  feed: FeedState
  inbox: InboxState
  lines: LinesState
  groups: GroupsState
  clock: Clock
  /** Where threads were left, unless at their end. */
  places: Map<string, Place>
  labels: LabelsState
  colleagues: ColleaguesState
  presence: PresenceState
  selection: Selection
  search: SearchState
  actions: ConversationActions
  keys: KeyBoard
  start(): Promise<System>
  /** How the installation is right now. */
  system(): Promise<System>
  stop(): void
}

/** Everything a signed-in person works with; made at sign-in, thrown away at sign-out. */
export function createWorkspace(deps: Deps): Workspace {
  const { api, realtime, isOnline, user, toasts, storage } = deps
  const presence = new PresenceState({ realtime, userId: user.id })
  const feed = new FeedState({ api, realtime, isOnline, presence })
  const drafts = new DraftsState(storage, user.id)
  const inbox = new InboxState({ api, userId: user.id, drafts })
  const selection = new Selection(() => inbox.shown)
  const actions = new ConversationActions({ api, inbox, toasts })
  const labels = new LabelsState(api)
  const colleagues = new ColleaguesState(api, user)
  const lines = new LinesState(api)
  const groups = new GroupsState({ api, lines })
  const clock = new Clock()
  let stopClock: (() => void) | undefined
  return {
    ...{ user, feed, inbox, lines, groups, clock, labels, colleagues, presence, selection },
    ...{
      actions,
      keys: new KeyBoard(),
      search: new SearchState(api),
      places: new Map<string, Place>(),
    },
    async start() {
      feed.listen(inbox)
      feed.listen(lines)
      feed.listen(labels)
      stopClock ??= clock.start()
      await feed.start()
      const [system] = await Promise.all([
        api.call(systemEndpoints.get),
        inbox.load(),
        lines.load(),
        labels.load(),
        colleagues.load(),
      ])
      lines.simulated = system.simulated
      return system
    },
    async system() {
      return api.call(systemEndpoints.get)
    },
    stop() {
      stopClock?.()
      inbox.stop()
      feed.stop()
    },
  }
}
