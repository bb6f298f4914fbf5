import type { Producer } from '@partyline/kit/jobs'
import type { Logger } from '@partyline/kit/log'
import type { Rings } from './deps.ts'

/** What one `delivery.send` job claims at a time. */
export const chunkSize = 100

/** As many chunks of one line may be under way. Each rings again while there is more, so more bells find nothing. */
const maxBells = 8

export function createRings(producer: Producer, log: Logger): Rings {
  const quietly = (ringing: Promise<void>) =>
    ringing.then(
      () => true,
      (error: unknown) => {
        log.debug({ reason: String(error) }, 'doorbell not rung')
        return false
      },
    )
  return {
    deliveries(lineId, count = 1) {
      const bells = Math.min(Math.ceil(count / chunkSize), maxBells)
      return quietly(
        producer.enqueueMany('delivery.send', Array<{ lineId: string }>(bells).fill({ lineId })),
      )
    },
    later: (lineId, inMs) =>
      quietly(producer.enqueueLater('delivery.send', { lineId }, { key: lineId, inMs })),
    media: (messageId) => quietly(producer.enqueue('media.fetch', { messageId })),
    pushes: () => quietly(producer.enqueue('push.send', {})),
    adopt: (messageSid) => quietly(producer.enqueue('message.adopt', { messageSid })),
  }
}
