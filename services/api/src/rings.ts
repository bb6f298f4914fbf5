import type { Posted } from '@partyline/db/queries/post-message'
import type { Deps } from './deps.ts'

/** Doorbells for what is committed. They never fail: what they fail to announce, the sweeper finds. */
export interface Rings {
  /** The feed has something new. */
  changed(): void
  /** The feed has something new, and so has a line to send. */
  posted(posted: Pick<Posted, 'lineId' | 'deliveryCount'> | undefined): void
  /** Something waits for its time, or what waited has changed. */
  scheduled(row: { id: string; sendAt: Date }): void
  /** The Twilio account is to be looked at, or a number of it connected. */
  account(): void
}

const deliveriesPerBell = 100
/** More bells than this for one line only wake workers that find nothing left. */
const maxBells = 100

/** What waits longer is left to the sweeper, whose second does not matter then. */
const soonMs = 3_600_000
/** Two clocks: a bell before the time, by that of Postgres, finds nothing. */
const slackMs = 30

export function createRings({ producer, feedBell, log }: Deps): Rings {
  const unheard = (error: unknown) => log.warn({ reason: String(error) }, 'doorbell not rung')
  return {
    changed: () => feedBell.ring(),
    posted(posted) {
      feedBell.ring()
      if (!posted?.lineId || posted.deliveryCount === 0) return
      const { lineId, deliveryCount } = posted
      const bells = Math.min(Math.ceil(deliveryCount / deliveriesPerBell), maxBells)
      producer
        .enqueueMany(
          'delivery.send',
          Array.from({ length: bells }, () => ({ lineId })),
        )
        .catch(unheard)
    },
    scheduled({ id, sendAt }) {
      feedBell.ring()
      const inMs = Math.max(0, sendAt.getTime() - Date.now()) + slackMs
      if (inMs > soonMs) return
      const key = `scheduled ${id} ${sendAt.getTime()}`
      producer.enqueueLater('scheduled.send', {}, { key, inMs }).catch(unheard)
    },
    account: () => void producer.enqueue('account.look', {}).catch(unheard),
  }
}
