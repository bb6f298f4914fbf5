import type { FeedEvent } from '@partyline/contracts/feed'
import type { Announcement } from '@partyline/db/feed/announce'
import { type Audience, reaches } from '@partyline/db/feed/audience'
import { room, type Sockets } from './sockets.ts'

/**
 * Tells a change to whoever may know it and wants to: changes of the lists to everybody allowed, those
 * inside a conversation to its followers.
 */
export function relay(sockets: Sockets, { event, to }: Announcement): void {
  const { list, conversationId } = placeOf(event)
  if (conversationId !== undefined) dropStrangers(sockets, conversationId, to)
  if (conversationId === undefined || list) tellAll(sockets, event, to)
  else sockets.to(room.ofConversation(conversationId)).emit('feed', event)
  if (event.type === 'conversation.deleted') {
    sockets.socketsLeave([room.ofConversation(event.id), room.ofWatch(event.id)])
  }
}

function tellAll(sockets: Sockets, event: FeedEvent, to: Audience): void {
  if ('allBut' in to) sockets.except(to.allBut.map(room.ofUser)).emit('feed', event)
  // To no room at all would mean to everybody.
  else if (to.only.length > 0) sockets.to(to.only.map(room.ofUser)).emit('feed', event)
}

/** Following was allowed once; whoever may no longer see the conversation stops following it now. */
function dropStrangers(sockets: Sockets, conversationId: string, to: Audience): void {
  for (const name of [room.ofConversation(conversationId), room.ofWatch(conversationId)]) {
    for (const socketId of sockets.of('/').adapter.rooms.get(name) ?? []) {
      const socket = sockets.of('/').sockets.get(socketId)
      if (socket && !reaches(to, socket.data.session.user.id)) void socket.leave(name)
    }
  }
}

/** Which conversation an event belongs to, and whether it shows in a list besides. */
function placeOf(event: FeedEvent): { conversationId?: string; list: boolean } {
  switch (event.type) {
    case 'conversation.changed':
      return { conversationId: event.conversation.id, list: true }
    case 'conversation.deleted':
      return { conversationId: event.id, list: true }
    case 'message.created':
    case 'message.changed':
      return { conversationId: event.message.conversationId, list: false }
    case 'member.changed':
      return { conversationId: event.member.conversationId, list: false }
    case 'member.removed':
    case 'scheduled.changed':
      return { conversationId: event.conversationId, list: false }
    case 'contact.changed':
    case 'contact.deleted':
    case 'group.changed':
    case 'line.changed':
    case 'label.changed':
    case 'label.deleted':
    case 'system.changed':
      return { list: true }
  }
}
