import { isDeepStrictEqual } from 'node:util'
import type { FeedEvent } from '@partyline/contracts/feed'
import type { Db } from '@partyline/db/client'
import { io } from 'socket.io-client'
import { type DashboardCode, loadDashboardCode } from './dashboard-code.ts'
import type { Group } from './groups.ts'
import { signIn } from './sign-in.ts'
import type { Truth } from './truth.ts'

let code: Promise<DashboardCode> | undefined

/** Where dashboards open. */
export interface Site {
  db: Db
  groups: Group[]
  /** Where they ask, and where they listen. */
  apiUrl: string
  realtimeDoor: { url: string }
  /** PUBLIC_URL, when it is not that of the suite. */
  origin?: string
}

/** A dashboard as a browser runs it, on one conversation, with nobody in front of it. */
export class Dashboard {
  /** The longest that a text in its conversation took to show, in ms. */
  stalestMs = 0
  reloads = 0
  readonly #group: Group
  readonly #workspace: ReturnType<DashboardCode['createWorkspace']>
  readonly #thread: InstanceType<DashboardCode['ThreadState']>
  readonly #close: () => void
  readonly #known = new Set<string>()
  #online = true

  static async open(site: Site, name: string, group: Group): Promise<Dashboard> {
    code ??= loadDashboardCode()
    const signedIn = await signIn(site.db, name, site.origin)
    const dashboard = new Dashboard(site, group, await code, signedIn)
    await dashboard.#workspace.start()
    return dashboard
  }

  private constructor(
    { apiUrl, realtimeDoor }: Site,
    group: Group,
    { createApi, createRealtime, createWorkspace, ThreadState }: DashboardCode,
    { user, headers }: Awaited<ReturnType<typeof signIn>>,
  ) {
    this.#group = group
    const api = createApi((path, init) =>
      fetch(apiUrl + path, { ...init, headers: { ...init.headers, ...headers } }),
    )
    const realtime = createRealtime((options) =>
      io(realtimeDoor.url, { ...options, forceNew: true, extraHeaders: headers }),
    )
    const isOnline = () => this.#online
    this.#workspace = createWorkspace({
      ...{ api, realtime, isOnline, user },
      // Nobody is there to read or write.
      toasts: { say: () => undefined, fail: () => undefined },
      storage: { getItem: () => null, setItem: () => undefined, removeItem: () => undefined },
    })
    const { feed } = this.#workspace
    feed.listen({
      apply: (event) => this.#watch(event),
      reload: async () => {
        this.reloads += 1
        return true
      },
    })
    const given = { api, feed, userId: user.id, onlate: () => undefined }
    this.#thread = new ThreadState(group.conversationId, given)
    this.#close = this.#thread.open()
  }

  /** Like a lid that is shut, and opened again. */
  setOnline(online: boolean): void {
    this.#online = online
    this.#workspace.feed.wake()
  }

  close(): void {
    this.#close()
    this.#workspace.stop()
  }

  /** What it shows that is not so, or does not show; empty: all as in SQL. */
  differences(truth: Truth): string[] {
    const { feed, inbox, lines } = this.#workspace
    const shown = this.#thread.rows.flatMap(({ message }) => message ?? [])
    const messages = truth.messages.filter(
      ({ conversationId, seq }) =>
        conversationId === this.#group.conversationId && seq >= (shown[0]?.seq ?? 1),
    )
    return [
      ...(feed.connection === 'live' ? [] : [feed.connection]),
      ...(shown.length === 0 ? ['an empty thread'] : []),
      ...difference('thread', shown, messages),
      ...difference('inbox', inbox.open.items, truth.conversations),
      ...difference('lines', lines.items, truth.lines),
    ]
  }

  #watch(event: FeedEvent): void {
    if (event.type !== 'message.created' && event.type !== 'message.changed') return
    const { id, conversationId, createdAt } = event.message
    if (conversationId !== this.#group.conversationId || this.#known.has(id)) return
    this.#known.add(id)
    // The thread hears it after us: what it has already, it loaded.
    if (this.#thread.rows.some(({ message }) => message?.id === id)) return
    this.stalestMs = Math.max(this.stalestMs, Date.now() - Date.parse(createdAt))
  }
}

/** The first thing that is not shown as it is, by what it is and where it differs. */
function difference<T extends { id: string }>(
  where: string,
  shown: readonly T[],
  known: readonly T[],
): string[] {
  const byId = new Map(shown.map((each) => [each.id, each]))
  for (const each of known) {
    const seen = byId.get(each.id)
    byId.delete(each.id)
    if (!seen) return [`${where}: ${each.id} is not there`]
    const keys = Object.keys(each) as (keyof T & string)[]
    const wrong = keys.filter((key) => !isDeepStrictEqual(seen[key], each[key]))
    const told = wrong.map((key) => `${key} ${JSON.stringify(seen[key])}`)
    if (wrong.length > 0) return [`${where}: ${each.id} shows ${told.join(', ')}`]
  }
  const [extra] = byId.keys()
  return extra === undefined ? [] : [`${where}: ${extra} is no more`]
}
