import type { ClientToServer, ServerToClient } from '@partyline/contracts/feed'
import { io, type Socket } from 'socket.io-client'

export interface RealtimeHandlers extends ServerToClient {
  /** Connected, and what was followed before is followed again. */
  ready: () => void
  lost: () => void
  /** Not let in, or sent away; why is not said. `triesAgain`: without being told to. */
  refused: (how: { triesAgain: boolean }) => void
}

export interface Realtime {
  start(handlers: RealtimeHandlers): void
  stop(): void
  /** Also that everything followed is. */
  readonly connected: boolean
  /** Connects at once instead of at the next attempt. */
  retry(): void
  disconnect(): void
  /** Said once, and lost without a connection: for what is only true right now. */
  say<Event extends 'presence' | 'typing' | 'watch'>(
    event: Event,
    ...given: Parameters<ClientToServer[Event]>
  ): void
  /** Resolves once changes inside the conversation arrive; call `unfollow` when done. */
  follow(conversationId: string): { following: Promise<void>; unfollow: () => void }
}

const ackTimeoutMs = 5_000
const options = {
  path: '/socket.io',
  transports: ['websocket'],
  autoConnect: false,
  reconnectionDelay: 500,
  reconnectionDelayMax: 5_000,
}

type AnySocket = Socket<ServerToClient, ClientToServer>

export function createRealtime(
  open: (given: typeof options) => AnySocket = (given) => io(given),
): Realtime {
  const socket = open(options)
  const followed = new Map<string, number>()
  /** The connection on which everything followed is. */
  let readyId: string | undefined

  async function followAll(): Promise<boolean> {
    const { id } = socket
    await Promise.all(Array.from(followed.keys(), (conversationId) => ask(socket, conversationId)))
    if (socket.id === id) readyId = id
    return socket.id === id
  }

  return {
    get connected() {
      return socket.connected && socket.id === readyId
    },
    start(handlers) {
      // A second start, after one that failed half way, replaces the first.
      socket.off()
      hear(socket, handlers, followAll)
      socket.connect()
    },
    stop() {
      socket.off()
      socket.disconnect()
    },
    retry() {
      if (!socket.connected) socket.connect()
    },
    disconnect() {
      socket.disconnect()
    },
    say(event, ...given) {
      if (socket.connected) socket.emit(event, ...given)
    },
    follow(conversationId) {
      followed.set(conversationId, (followed.get(conversationId) ?? 0) + 1)
      return {
        following: ask(socket, conversationId),
        unfollow() {
          const others = (followed.get(conversationId) ?? 1) - 1
          if (others > 0) return void followed.set(conversationId, others)
          followed.delete(conversationId)
          if (socket.connected) socket.emit('unfollow', conversationId)
        },
      }
    },
  }
}

function hear(socket: AnySocket, handlers: RealtimeHandlers, followAll: () => Promise<boolean>) {
  socket.on('feed', handlers.feed)
  socket.on('head', handlers.head)
  socket.on('presence', handlers.presence)
  socket.on('typing', handlers.typing)
  socket.on('connect', () => {
    void followAll().then((ready) => {
      if (ready) handlers.ready()
    })
  })
  socket.on('disconnect', (reason) => {
    handlers.lost()
    if (reason === 'io server disconnect') handlers.refused({ triesAgain: false })
  })
  socket.on('connect_error', () => handlers.refused({ triesAgain: socket.active }))
}

async function ask(socket: AnySocket, conversationId: string): Promise<void> {
  const { id } = socket
  if (!socket.connected) return
  try {
    await socket.timeout(ackTimeoutMs).emitWithAck('follow', conversationId)
  } catch {
    // What nobody follows falls silent without a sign, so this connection is no good: begin another.
    if (socket.id === id) socket.io.engine.close()
  }
}
