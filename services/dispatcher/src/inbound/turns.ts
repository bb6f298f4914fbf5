/**
 * Lets work with the same key happen in the order in which it asked. Jobs run side by side, and two texts
 * that one person sends a moment apart must not overtake each other.
 */
export interface Turns {
  /** Ask for all turns before the first wait: the order of asking is the order. */
  take(key: string): { ready: Promise<void>; done: () => void }
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>()
  return {
    take(key) {
      const { promise, resolve } = Promise.withResolvers<undefined>()
      const ready = last.get(key) ?? Promise.resolve()
      const mine = ready.then(() => promise)
      last.set(key, mine)
      return {
        ready,
        done() {
          resolve(undefined)
          if (last.get(key) === mine) last.delete(key)
        },
      }
    },
  }
}
