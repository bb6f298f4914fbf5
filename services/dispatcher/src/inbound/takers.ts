import { createTurns } from './turns.ts'

export interface KeptText {
  messageSid: string
  /** Who texts which line: of one such pair the texts keep their order. */
  key: string
  /** It was found waiting: an earlier try of it, or of its doorbell, has failed. */
  waited?: boolean
  /** For the log. */
  traceParent?: string | null | undefined
}

export interface Takers {
  /** Resolves when there is room for the next one; `taken`, when this one was tried. Neither rejects. */
  take(text: KeptText): Promise<{ taken: Promise<void> }>
  /** Resolves when everything that was handed over is taken, or left. */
  idle(): Promise<void>
  /** After so long what has not begun is left: it is kept, and another process finds it. */
  leaveIn(ms: number): void
}

const atOnce = 8
/** More than this in memory, and whoever keeps the texts waits; they are safe where they are. */
const mostWaiting = 500

/**
 * Takes texts in that Postgres keeps, several side by side, those of one sender to one line one after the
 * other. Keeping them is a matter of one statement and happens in the order in which they came; if this
 * process dies before it has taken one, the sweeper of another finds it.
 */
export function createTakers(takeIn: (text: KeptText) => Promise<void>): Takers {
  const turns = createTurns()
  const under = new Set<Promise<void>>()
  const queue: (() => void)[] = []
  let running = 0
  let leaving = false

  async function enter() {
    if (running >= atOnce) await new Promise<void>((resolve) => queue.push(resolve))
    else running += 1
  }
  function leave() {
    const next = queue.shift()
    if (next) next()
    else running -= 1
  }

  async function inTurn(text: KeptText) {
    const turn = turns.take(text.key)
    await turn.ready
    await enter()
    try {
      if (!leaving) await takeIn(text)
    } finally {
      leave()
      turn.done()
    }
  }

  return {
    async take(text) {
      const work = inTurn(text).catch(() => undefined)
      under.add(work)
      void work.then(() => under.delete(work))
      if (under.size > mostWaiting && !leaving) await Promise.race(under)
      return { taken: work }
    },
    async idle() {
      while (under.size > 0) await Promise.all(under)
    },
    leaveIn(ms) {
      setTimeout(() => {
        leaving = true
      }, ms).unref()
    },
  }
}
