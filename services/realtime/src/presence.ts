import { z } from 'zod'
import type { Logger } from '@partyline/kit/log'
import { reasonOf } from '@partyline/kit/reason'
import type { Service } from '@partyline/kit/service'
import { createAllowance } from './allowance.ts'
import { createPresenceBook, type Seat } from './presence-book.ts'
import { createPresenceTeller } from './presence-teller.ts'
import { createPresenceWire } from './presence-wire.ts'
import { room, type Socket, type Sockets } from './sockets.ts'

interface Deps {
  sockets: Sockets
  log: Logger
  wire: Omit<Parameters<typeof createPresenceWire>[0], 'log'>
}

export interface Presence extends Service {
  serve(socket: Socket): void
  /** Tells one window, which has just begun to listen, how it is now. */
  tell(socket: Socket, conversationId: string): void
}

const beatMs = 10_000
const sweepMs = 1_000

/** Who looks and who types, told to everybody who follows or watches that conversation on any replica. */
export function createPresence({ sockets, log, wire: given }: Deps): Presence {
  const book = createPresenceBook()
  const teller = createPresenceTeller({ sockets, book })
  const wire = createPresenceWire({ ...given, log })
  /** Where the windows of this replica are. */
  const seated = new Map<Socket, Set<string>>()
  /** Where each says to be while its wish to follow is still looked up: it overtakes that. */
  const early = new WeakMap<Socket, string>()
  let timers: NodeJS.Timeout[] = []

  function take(seats: readonly Seat[]): void {
    for (const seat of seats) book.take(seat)
    const changed = new Set(seats.map(({ conversationId }) => conversationId))
    changed.forEach((id) => teller.changed(id))
  }

  function say(socket: Socket, conversationId: string, doing: Seat['doing']): void {
    const seats = seated.get(socket)
    early.delete(socket)
    if (!seats || (doing === 'away' && !seats.delete(conversationId))) return
    if (doing !== 'away') {
      // Followed means looked up and allowed; whoever may no longer see it was made to leave.
      if (!isFollowing(socket, conversationId)) return void early.set(socket, conversationId)
      seats.add(conversationId)
    }
    const seat = seatOf(socket, conversationId, doing)
    take([seat])
    wire.tell([seat])
  }

  function beat(): void {
    const seats = Array.from(seated, ([socket, ids]) =>
      Array.from(ids, (id) => seatOf(socket, id, isFollowing(socket, id) ? 'here' : 'away')),
    ).flat()
    take(seats)
    wire.tell(seats)
  }

  return {
    serve(socket) {
      seated.set(socket, new Set())
      hear(socket, (conversationId, doing) => say(socket, conversationId, doing))
      socket.on('disconnect', () => {
        for (const id of seated.get(socket) ?? []) say(socket, id, 'away')
        seated.delete(socket)
      })
    },
    tell(socket, conversationId) {
      teller.to(socket, conversationId)
      const isEarly = early.get(socket) === conversationId
      if (isEarly && isFollowing(socket, conversationId)) say(socket, conversationId, 'here')
    },
    async start() {
      timers = [
        setInterval(beat, beatMs),
        setInterval(() => book.expire().forEach((id) => teller.changed(id)), sweepMs),
      ]
      // Not waited for: without Redis colleagues at other replicas are not seen, and that is all.
      wire.listen(take).catch((error: unknown) => {
        log.warn({ reason: reasonOf(error) }, 'not listening for presence')
      })
    },
    async stop() {
      timers.forEach(clearInterval)
    },
  }
}

const isId = (given: unknown): given is string => z.uuid().safeParse(given).success

/** What one window says, as much of it as is sensible: the rest is dropped, as it will be said again. */
function hear(socket: Socket, say: (conversationId: string, doing: Seat['doing']) => void): void {
  const allowance = createAllowance({ burst: 20, perSecond: 4 })
  const on = (id: unknown, doing: Seat['doing']) => {
    if (isId(id) && allowance.take()) say(id, doing)
  }
  socket.on('presence', (id: unknown, here: unknown) => on(id, here === true ? 'here' : 'away'))
  socket.on('typing', (id: unknown, writing: unknown) => {
    on(id, writing === true ? 'typing' : 'quiet')
  })
  socket.on('unfollow', (id: unknown) => on(id, 'away'))
}

const isFollowing = (socket: Socket, conversationId: string) =>
  socket.rooms.has(room.ofConversation(conversationId))

function seatOf(socket: Socket, conversationId: string, doing: Seat['doing']): Seat {
  const { id, name } = socket.data.session.user
  return { conversationId, seatId: socket.id, user: { id, name }, doing }
}
