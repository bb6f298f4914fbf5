/** How many calls to Twilio are under way in this dispatcher, and how many more may be. */
export interface Slots {
  free(): number
  use<T>(count: number, work: () => Promise<T>): Promise<T>
}

/** The account's limit is divided among the dispatchers that run; each keeps its share. */
export function createSlots(accountLimit: number, dispatchers: () => number): Slots {
  let used = 0
  return {
    free: () => Math.max(0, Math.max(1, Math.floor(accountLimit / dispatchers())) - used),
    async use(count, work) {
      used += count
      try {
        return await work()
      } finally {
        used -= count
      }
    },
  }
}
