import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Logger } from '@partyline/kit/log'
import { reasonOf } from '@partyline/kit/reason'
import type { Redis } from '@partyline/kit/redis'
import { doings, type Seat } from './presence-book.ts'

export interface PresenceWire {
  tell(seats: readonly Seat[]): void
  /** Hears what other replicas tell, never itself. */
  listen(heard: (seats: Seat[]) => void): Promise<void>
}

interface Deps {
  /** Subscribed already, in worker patience. */
  redis: Redis
  publisher: Redis
  prefix: string
  log: Logger
}

const maxSeats = 200
const tidings = z.object({
  from: z.string(),
  seats: z
    .array(
      z.object({
        conversationId: z.uuid(),
        seatId: z.string().max(100),
        user: z.object({ id: z.uuid(), name: z.string().max(200) }),
        doing: z.enum(doings),
      }),
    )
    .max(maxSeats),
})

/** What replicas tell each other about who is where. It may be lost: it is said again every few seconds. */
export function createPresenceWire({ redis, publisher, prefix, log }: Deps): PresenceWire {
  const channel = `${prefix}:presence`
  const self = randomUUID()

  function read(said: string): z.output<typeof tidings> | undefined {
    try {
      return tidings.parse(JSON.parse(said))
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'presence not understood')
      return undefined
    }
  }

  return {
    tell(seats) {
      for (let at = 0; at < seats.length; at += maxSeats) {
        const said = JSON.stringify({ from: self, seats: seats.slice(at, at + maxSeats) })
        publisher.publish(channel, said).catch((error: unknown) => {
          log.debug({ reason: String(error) }, 'presence not told')
        })
      }
    },
    async listen(heard) {
      redis.on('message', (from: string, said: string) => {
        if (from !== channel) return
        const tiding = read(said)
        if (tiding && tiding.from !== self) heard(tiding.seats)
      })
      await redis.subscribe(channel)
    },
  }
}
