import { within } from './within.ts'

interface Options {
  /** Younger than this, the last one is given again, however many ask. */
  keptMs: number
  /** Longer than this nobody is kept waiting. */
  patienceMs: number
}

/**
 * Reads something that costs something: one reading at a time, and not again within a few seconds.
 * Undefined while it cannot be read, so that nobody takes an old figure for a new one.
 */
export function createSnapshot<T>(
  read: () => Promise<T>,
  { keptMs, patienceMs }: Options,
): () => Promise<T | undefined> {
  let reading: Promise<T | undefined> | undefined
  let readAt = -Infinity

  return () => {
    if (reading === undefined || performance.now() - readAt > keptMs) {
      readAt = Infinity
      reading = read()
        .catch(() => undefined)
        .finally(() => (readAt = performance.now()))
    }
    return within(patienceMs, reading).catch(() => undefined)
  }
}
