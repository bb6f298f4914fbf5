import type { ClientToServer, ServerToClient } from '@partyline/contracts/feed'
import type { Session } from '@partyline/db/queries/sessions'
import type { Server, Socket as AnySocket } from 'socket.io'

interface SocketData {
  session: Session
}
type NoEvents = Record<string, never>

export type Sockets = Server<ClientToServer, ServerToClient, NoEvents, SocketData>
export type Socket = AnySocket<ClientToServer, ServerToClient, NoEvents, SocketData>

/** Rooms are joined by the server alone; a client cannot name one. */
export const room = {
  ofUser: (id: string) => `user:${id}`,
  ofConversation: (id: string) => `conversation:${id}`,
  /** Who only has it in sight. */
  ofWatch: (id: string) => `watch:${id}`,
}
export const isConversationRoom = (name: string) => name.startsWith('conversation:')
export const isWatchRoom = (name: string) => name.startsWith('watch:')
