/** A bucket of `burst` tokens that fills at a steady rate. */
export function createAllowance(
  { burst, perSecond }: { burst: number; perSecond: number },
  now: () => number = () => performance.now(),
) {
  let tokens = burst
  let filledAt = now()
  return {
    /** False when the bucket is empty. */
    take(): boolean {
      const at = now()
      tokens = Math.min(burst, tokens + ((at - filledAt) / 1_000) * perSecond)
      filledAt = at
      if (tokens < 1) return false
      tokens -= 1
      return true
    },
  }
}
