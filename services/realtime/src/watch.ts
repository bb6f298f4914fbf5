import { z } from 'zod'
import { maxFollowed } from '@partyline/contracts/feed'
import type { Db } from '@partyline/db/client'
import { conversationAudiences, reaches } from '@partyline/db/feed/audience'
import type { Logger } from '@partyline/kit/log'
import { reasonOf } from '@partyline/kit/reason'
import { createAllowance } from './allowance.ts'
import { isWatchRoom, room, type Socket } from './sockets.ts'

interface Deps {
  db: Db
  log: Logger
  onwatch: (conversationId: string) => void
}

const idList = z.array(z.uuid()).max(maxFollowed)

/** Conversations in sight: who is there and who writes is told, as far as this user may see them. */
export function serveWatching(socket: Socket, { db, log, onwatch }: Deps): void {
  const allowance = createAllowance({ burst: 10, perSecond: 2 })
  let asked = 0

  async function watch(ids: string[]): Promise<void> {
    const turn = (asked += 1)
    const audiences = await conversationAudiences(db, ids)
    // Asked again meanwhile, or gone: the last word counts.
    if (turn !== asked || !socket.connected) return
    const { user } = socket.data.session
    const seen = ids.filter((id) => {
      const audience = audiences.get(id)
      return audience !== undefined && reaches(audience, user.id)
    })
    const rooms = new Set(seen.map(room.ofWatch))
    for (const name of socket.rooms) {
      if (isWatchRoom(name) && !rooms.delete(name)) void socket.leave(name)
    }
    await socket.join([...rooms])
    for (const id of seen) if (rooms.has(room.ofWatch(id))) onwatch(id)
  }

  socket.on('watch', (given: unknown) => {
    const ids = idList.safeParse(given)
    if (!ids.success || !allowance.take()) return
    watch(ids.data).catch((error: unknown) => {
      log.warn({ reason: reasonOf(error) }, 'not watched')
    })
  })
}
