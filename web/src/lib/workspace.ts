import { systemEndpoints } from '@partyline/contracts/api/system'
import type { User } from '@partyline/contracts/api/session'
import type { z } from 'zod'
import type { Api } from './api.ts'
import type { Realtime } from './realtime.ts'
import { Clock } from './state/clock.svelte.ts'
import { FeedState } from './state/feed.svelte.ts'
import { GroupsState } from './state/groups.svelte.ts'
import { InboxState } from './state/inbox.svelte.ts'
import { LinesState } from './state/lines.svelte.ts'

export type System = z.output<typeof systemEndpoints.get.reply>

interface Deps {
  api: Api
  realtime: Realtime
  isOnline: () => boolean
  user: User
}

export interface Workspace {
  user: User
  feed: FeedState
  inbox: InboxState
  lines: LinesState
  groups: GroupsState
  clock: Clock
  start(): Promise<System>
  /** How the installation is right now. */
  system(): Promise<System>
  stop(): void
}

/** Everything a signed-in person works with; made at sign-in, thrown away at sign-out. */
export function createWorkspace({ api, realtime, isOnline, user }: Deps): Workspace {
  const feed = new FeedState({ api, realtime, isOnline })
  const inbox = new InboxState(api)
  const lines = new LinesState(api)
  const groups = new GroupsState({ api, lines })
  const clock = new Clock()
  let stopClock: (() => void) | undefined
  return {
    ...{ user, feed, inbox, lines, groups, clock },
    async start() {
      feed.listen(inbox)
      feed.listen(lines)
      stopClock ??= clock.start()
      await feed.start()
      const [system] = await Promise.all([
        api.call(systemEndpoints.get),
        inbox.load(),
        lines.load(),
      ])
      lines.simulated = system.simulated
      return system
    },
    async system() {
      return api.call(systemEndpoints.get)
    },
    stop() {
      stopClock?.()
      feed.stop()
    },
  }
}
