/** The present time to the half minute, for texts such as "5 min". */
export class Clock {
  #now = $state(Date.now())

  get now(): number {
    return this.#now
  }

  start(): () => void {
    const timer = setInterval(() => {
      this.#now = Date.now()
    }, 30_000)
    return () => clearInterval(timer)
  }
}
