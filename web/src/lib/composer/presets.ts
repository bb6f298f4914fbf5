export interface Preset {
  label: string
  at: Date
}

const morning = 9

/** Times people often mean, by this machine's clock. */
export function presets(now: Date): Preset[] {
  const inAnHour = new Date(now.getTime() + 3_600_000)
  const tomorrow = morningIn(now, 1)
  const daysToMonday = (8 - now.getDay()) % 7 || 7
  const monday = morningIn(now, daysToMonday)
  return [
    { label: 'In an hour', at: inAnHour },
    ...(now.getHours() < morning ? [{ label: 'Today', at: morningIn(now, 0) }] : []),
    { label: 'Tomorrow', at: tomorrow },
    ...(daysToMonday > 1 ? [{ label: 'Monday', at: monday }] : []),
  ]
}

function morningIn(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, morning)
}
