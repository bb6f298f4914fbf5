import { z } from 'zod'
import { type ClientToServer, maxFollowed } from '@partyline/contracts/feed'
import type { Db } from '@partyline/db/client'
import { conversationAudiences, reaches } from '@partyline/db/feed/audience'
import type { Logger } from '@partyline/kit/log'
import { reasonOf } from '@partyline/kit/reason'
import { createAllowance } from './allowance.ts'
import { isConversationRoom, room, type Socket } from './sockets.ts'

type Ack = Parameters<ClientToServer['follow']>[1]
const isAck = (given: unknown): given is Ack => typeof given === 'function'
const isId = (given: unknown): given is string => z.uuid().safeParse(given).success

interface Deps {
  db: Db
  log: Logger
  onfollow: (conversationId: string) => void
}

/** What a browser may ask: to follow a conversation that its user may see, and to stop. */
export function serveFollowing(socket: Socket, { db, log, onfollow }: Deps): void {
  const { user } = socket.data.session
  /** Asked for and not taken back, so that an `unfollow` overtaken by a slow look-up still counts. */
  const wanted = new Set<string>()

  async function follow(conversationId: string): Promise<boolean> {
    const followed = [...socket.rooms].filter(isConversationRoom).length
    if (followed >= maxFollowed) return false
    wanted.add(conversationId)
    const audience = (await conversationAudiences(db, [conversationId])).get(conversationId)
    if (!audience || !reaches(audience, user.id) || !wanted.has(conversationId)) return false
    await socket.join(room.ofConversation(conversationId))
    onfollow(conversationId)
    return true
  }

  const allowance = createAllowance({ burst: 60, perSecond: 10 })
  socket.use((_packet, next) => {
    if (allowance.take()) next()
    else {
      log.warn({ userId: user.id }, 'socket closed: too many messages')
      socket.disconnect(true)
    }
  })
  // What comes over the wire has no type yet, whatever the contract says.
  socket.on('follow', (conversationId: unknown, ack: unknown) => {
    if (!isAck(ack)) return
    const answer = (ok: boolean) => ack({ ok })
    if (!isId(conversationId)) return answer(false)
    follow(conversationId).then(answer, (error: unknown) => {
      log.warn({ reason: reasonOf(error) }, 'not followed')
      // Nobody said no: cut below Socket.IO, so the browser comes back and asks again.
      socket.conn.close()
    })
  })
  socket.on('unfollow', (conversationId: unknown) => {
    if (!isId(conversationId)) return
    wanted.delete(conversationId)
    void socket.leave(room.ofConversation(conversationId))
  })
}
