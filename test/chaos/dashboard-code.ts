import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { User } from '@partyline/contracts/api/session'
import type { Conversation } from '@partyline/contracts/api/conversations'
import type { Line } from '@partyline/contracts/api/lines'
import type { Message } from '@partyline/contracts/api/messages'
import type { ClientToServer, FeedEvent, ServerToClient } from '@partyline/contracts/feed'
import type { Socket } from 'socket.io-client'
import { compileModule } from 'svelte/compiler'

type Fetch = (
  url: string,
  init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> },
) => Promise<Response>

interface Feed {
  readonly connection: 'live' | 'reconnecting' | 'offline'
  listen(listener: { apply(event: FeedEvent): void; reload(): Promise<boolean> }): () => void
  wake(): void
}

interface Workspace {
  feed: Feed
  inbox: { open: { readonly items: readonly Conversation[]; readonly error: string | undefined } }
  lines: { readonly items: readonly Line[] }
  start(): Promise<unknown>
  stop(): void
}

interface Thread {
  readonly phase: 'loading' | 'ready' | 'missing' | 'failed'
  readonly rows: readonly { message: Message | null }[]
  open(): () => void
}

/** What the suite uses of `web/src/lib`. The dashboard's types belong to browsers, so they are told here again. */
export interface DashboardCode {
  createApi: (fetch: Fetch) => unknown
  createRealtime: (open: (options: object) => Socket<ServerToClient, ClientToServer>) => unknown
  createWorkspace: (deps: {
    api: unknown
    realtime: unknown
    isOnline: () => boolean
    user: User
    toasts: { say: (text: string) => void; fail: (text: string) => void }
    storage: {
      getItem: (key: string) => string | null
      setItem: (key: string, value: string) => void
      removeItem: (key: string) => void
    }
  }) => Workspace
  ThreadState: new (
    id: string,
    deps: { api: unknown; feed: Feed; userId: string; onlate: () => void },
  ) => Thread
}

/** The very code that runs in browsers, with its runes compiled as for a browser without a page. */
export async function loadDashboardCode(): Promise<DashboardCode> {
  registerHooks({
    load(url, context, next) {
      if (!url.endsWith('.svelte.ts')) return next(url, context)
      const filename = fileURLToPath(url)
      const code = stripTypeScriptTypes(readFileSync(filename, 'utf8'))
      const { js } = compileModule(code, { filename, generate: 'server' })
      return { format: 'module', shortCircuit: true, source: js.code }
    },
  })
  const parts = ['api.ts', 'realtime.ts', 'workspace.ts', 'state/thread.svelte.ts'].map(
    (name) => import(new URL(`../../web/src/lib/${name}`, import.meta.url).href) as Promise<object>,
  )
  return Object.assign({}, ...(await Promise.all(parts))) as DashboardCode
}
