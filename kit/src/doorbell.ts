import type { Redis } from 'ioredis'
import type { Logger } from './log.ts'

/**
 * "Look again": a Redis channel that carries no data. It may ring twice or not at all;
 * whoever listens also looks by itself from time to time.
 */
export interface Doorbell {
  ring(): void
}

const channel = (prefix: string, name: string) => `${prefix}:${name}`

export function createDoorbell(redis: Redis, prefix: string, name: string, log: Logger): Doorbell {
  return {
    ring() {
      redis.publish(channel(prefix, name), '').catch((error: unknown) => {
        log.debug({ reason: String(error) }, 'doorbell not rung')
      })
    },
  }
}

/** Calls `heard` on every ring. Needs a connection of its own, in worker patience. */
export async function onDoorbell(redis: Redis, prefix: string, name: string, heard: () => void) {
  redis.on('message', (from: string) => {
    if (from === channel(prefix, name)) heard()
  })
  await redis.subscribe(channel(prefix, name))
}
