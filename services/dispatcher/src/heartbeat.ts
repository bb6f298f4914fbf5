import { randomUUID } from 'node:crypto'
import type { Db } from '@partyline/db/client'
import { beat } from '@partyline/db/queries/breaker'
import type { Logger } from '@partyline/kit/log'
import { reasonOf } from '@partyline/kit/reason'
import type { Service } from '@partyline/kit/service'

const everyMs = 3_000

/** Tells the other dispatchers that this one runs, and knows how many there are. */
export function createHeartbeat(db: Db, log: Logger): Service & { dispatchers: () => number } {
  const id = randomUUID()
  let count = 1
  let timer: NodeJS.Timeout | undefined

  async function tick() {
    await beat(db, id).then(
      (running) => {
        count = running
      },
      (error: unknown) => log.debug({ reason: reasonOf(error) }, 'heartbeat'),
    )
  }

  return {
    dispatchers: () => count,
    async start() {
      await tick()
      timer = setInterval(() => void tick(), everyMs)
    },
    async stop() {
      clearInterval(timer)
    },
  }
}
