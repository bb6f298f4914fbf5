import type { Colleague } from '@partyline/contracts/feed'

/** `quiet`: no longer typing. Whoever types or has gone quiet is here too. */
export const doings = ['here', 'typing', 'quiet', 'away'] as const
type Doing = (typeof doings)[number]

/** One open window of a colleague in one conversation. */
export interface Seat {
  conversationId: string
  /** Of the window, over all replicas. */
  seatId: string
  user: Colleague
  doing: Doing
}

interface Taken {
  user: Colleague
  hereUntil: number
  typingUntil: number
}

const hereMs = 25_000
const typingMs = 6_000

function typingUntil(doing: Doing, before: number, at: number): number {
  if (doing === 'typing') return at + typingMs
  return doing === 'quiet' ? 0 : before
}

const byName = (a: Colleague, b: Colleague) => a.name.localeCompare(b.name)

/**
 * Who looks at which conversation and who writes in it, as far as anybody told lately. Nothing is stored:
 * what is not said again is forgotten, so a replica that dies leaves no ghosts.
 */
export function createPresenceBook(now: () => number = () => performance.now()) {
  const rooms = new Map<string, Map<string, Taken>>()

  function list(conversationId: string, isIn: (taken: Taken) => boolean): Colleague[] {
    const users = new Map<string, Colleague>()
    for (const taken of rooms.get(conversationId)?.values() ?? []) {
      if (isIn(taken)) users.set(taken.user.id, taken.user)
    }
    return [...users.values()].sort(byName)
  }

  return {
    take({ conversationId, seatId, user, doing }: Seat): void {
      const seats = rooms.get(conversationId) ?? new Map<string, Taken>()
      if (doing === 'away') seats.delete(seatId)
      else {
        const at = now()
        const before = seats.get(seatId)?.typingUntil ?? 0
        seats.set(seatId, {
          user,
          hereUntil: at + hereMs,
          typingUntil: typingUntil(doing, before, at),
        })
      }
      if (seats.size > 0) rooms.set(conversationId, seats)
      else rooms.delete(conversationId)
    },
    /** Forgets what was not said again, and names the conversations that were known. */
    expire(): string[] {
      const known = [...rooms.keys()]
      for (const [conversationId, seats] of rooms) {
        for (const [seatId, { hereUntil }] of seats) if (hereUntil < now()) seats.delete(seatId)
        if (seats.size === 0) rooms.delete(conversationId)
      }
      return known
    },
    here: (conversationId: string) => list(conversationId, ({ hereUntil }) => hereUntil >= now()),
    typing: (conversationId: string) =>
      list(conversationId, ({ typingUntil }) => typingUntil >= now()),
  }
}
