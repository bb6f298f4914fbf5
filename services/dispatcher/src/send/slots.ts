/** How many calls to Twilio this dispatcher may have under way. */
export interface Slots {
  /**
   * Takes at most so many, and at most half of what is free, so that a line with thousands leaves some to
   * a line with one. Taken before anything is claimed: jobs side by side share them.
   */
  take(most: number): number
  giveBack(count: number): void
}

/** The account's limit is divided among the dispatchers that run; each keeps its share. */
export function createSlots(accountLimit: number, dispatchers: () => number): Slots {
  let taken = 0
  return {
    take(most) {
      const share = Math.max(1, Math.floor(accountLimit / dispatchers()))
      const count = Math.max(0, Math.min(most, Math.ceil((share - taken) / 2)))
      taken += count
      return count
    },
    giveBack(count) {
      taken -= count
    },
  }
}
