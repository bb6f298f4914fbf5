export interface SnoozeTime {
  label: string
  at: Date
}

const hourMs = 3_600_000

function atHour(now: Date, days: number, hour: number): Date {
  const at = new Date(now)
  at.setDate(at.getDate() + days)
  at.setHours(hour, 0, 0, 0)
  return at
}

/** What people mostly mean, by the clock of this machine; none of it is past or the same as another. */
export function snoozeTimes(now: Date): SnoozeTime[] {
  const toMonday = (8 - now.getDay()) % 7 || 7
  const times = [
    { label: 'In an hour', at: new Date(now.getTime() + hourMs) },
    { label: 'In three hours', at: new Date(now.getTime() + 3 * hourMs) },
    { label: 'This evening', at: atHour(now, 0, 18) },
    { label: 'Tomorrow morning', at: atHour(now, 1, 9) },
    { label: 'On Monday morning', at: atHour(now, toMonday, 9) },
    { label: 'In a month', at: atHour(now, 30, 9) },
  ]
  return times.filter(
    ({ at }, index) =>
      at > now && !times.slice(0, index).some((other) => other.at.getTime() === at.getTime()),
  )
}
