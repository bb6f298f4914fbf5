import type { createPresenceBook } from './presence-book.ts'
import { room, type Socket, type Sockets } from './sockets.ts'

interface Deps {
  sockets: Sockets
  book: Pick<ReturnType<typeof createPresenceBook>, 'here' | 'typing'>
}

const nobody = '[[],[]]'

/** Tells windows who is in a conversation and who types there, when that changed. */
export function createPresenceTeller({ sockets, book }: Deps) {
  const told = new Map<string, string>()
  const stateOf = (conversationId: string) => ({
    presence: { conversationId, users: book.here(conversationId) },
    typing: { conversationId, users: book.typing(conversationId) },
  })

  return {
    changed(conversationId: string): void {
      const { presence, typing } = stateOf(conversationId)
      const now = JSON.stringify([presence.users, typing.users])
      if ((told.get(conversationId) ?? nobody) === now) return
      if (now === nobody) told.delete(conversationId)
      else told.set(conversationId, now)
      const rooms = [room.ofConversation(conversationId), room.ofWatch(conversationId)]
      sockets.to(rooms).emit('presence', presence)
      sockets.to(rooms).emit('typing', typing)
    },
    /** One window, which has just begun to listen. */
    to(socket: Socket, conversationId: string): void {
      const { presence, typing } = stateOf(conversationId)
      if (presence.users.length === 0) return
      socket.emit('presence', presence)
      socket.emit('typing', typing)
    },
  }
}
