/** How many calls to Twilio this dispatcher may have under way. */
export interface Slots {
  /**
   * Waits its turn and takes as many, at most about half of all: one chunk is with Twilio while another is
   * claimed or recorded. A tenth is kept for those who want few, who need not wait for those who want many.
   * Taken before anything is claimed, so that nothing claimed waits.
   */
  take(wanted: number): Promise<number>
  giveBack(count: number): void
}

interface Waiter {
  wanted: number
  go: (count: number) => void
}

/** The account's limit is divided among the dispatchers that run; each keeps its share. */
export function createSlots(accountLimit: number, dispatchers: () => number): Slots {
  let taken = 0
  const waiting: Waiter[] = []

  function fitting(wanted: number): { few: boolean; count: number } {
    const share = Math.max(1, Math.floor(accountLimit / dispatchers()))
    const kept = Math.floor(share / 10)
    const few = wanted <= kept
    const count = few ? wanted : Math.min(wanted, Math.max(1, Math.floor((share - kept) / 2)))
    const free = share - taken - (few ? 0 : kept)
    return { few, count: count <= free ? count : 0 }
  }

  /** In the order in which they came, but those who want few pass those who want many. */
  function grant(): void {
    let manyWait = false
    for (const waiter of [...waiting]) {
      const { few, count } = fitting(waiter.wanted)
      if (count > 0 && (few || !manyWait)) {
        waiting.splice(waiting.indexOf(waiter), 1)
        taken += count
        waiter.go(count)
      } else if (!few) manyWait = true
    }
  }

  return {
    take(wanted) {
      const { promise, resolve } = Promise.withResolvers<number>()
      waiting.push({ wanted, go: resolve })
      grant()
      return promise
    },
    giveBack(count) {
      taken -= count
      grant()
    },
  }
}
