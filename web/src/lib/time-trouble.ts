const yearMs = 365 * 24 * 3_600_000

/** Why something cannot be planned for then, in words; undefined where it can. */
export function timeTrouble(at: Date | null, now: Date): string | undefined {
  if (at === null) return 'Choose a day and a time.'
  if (at <= now) return 'This time is over. Choose a later one.'
  return at.getTime() > now.getTime() + yearMs ? 'At most a year ahead.' : undefined
}
