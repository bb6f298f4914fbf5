import type { ClientToServer, ServerToClient } from '@partyline/contracts/feed'
import { io, type Socket } from 'socket.io-client'

export interface RealtimeHandlers extends ServerToClient {
  /** Connected, and what was followed before is followed again. */
  ready: () => void
  lost: () => void
  /** The server did not let us in, so it will not be tried again by itself. */
  refused: () => void
}

export interface Realtime {
  start(handlers: RealtimeHandlers): void
  stop(): void
  readonly connected: boolean
  /** Connects at once instead of at the next attempt. */
  retry(): void
  disconnect(): void
  /** Resolves once changes inside the conversation arrive; call `unfollow` when done. */
  follow(conversationId: string): { following: Promise<void>; unfollow: () => void }
}

const ackTimeoutMs = 5_000

export function createRealtime(): Realtime {
  const socket: Socket<ServerToClient, ClientToServer> = io({
    path: '/socket.io',
    transports: ['websocket'],
    autoConnect: false,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
  })
  const followed = new Map<string, number>()

  async function ask(conversationId: string): Promise<void> {
    if (!socket.connected) return
    // Without an answer the next connect asks again, and until then the catch-up fills the gap.
    await socket
      .timeout(ackTimeoutMs)
      .emitWithAck('follow', conversationId)
      .catch(() => undefined)
  }

  return {
    get connected() {
      return socket.connected
    },
    start(handlers) {
      // A second start, after one that failed half way, replaces the first.
      socket.off()
      socket.on('feed', handlers.feed)
      socket.on('head', handlers.head)
      socket.on('connect', () => {
        void Promise.all(Array.from(followed.keys(), ask)).then(handlers.ready)
      })
      socket.on('disconnect', handlers.lost)
      socket.on('connect_error', () => {
        if (socket.active) handlers.lost()
        else handlers.refused()
      })
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
    follow(conversationId) {
      followed.set(conversationId, (followed.get(conversationId) ?? 0) + 1)
      return {
        following: ask(conversationId),
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
