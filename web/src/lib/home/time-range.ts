/** What Home shows: today by the hour, or so many days up to today. */
export const spans = [
  { value: 'today', label: 'Today', days: 1, than: 'yesterday by this time' },
  { value: '7', label: '7 days', days: 7, than: 'the 7 days before' },
  { value: '30', label: '30 days', days: 30, than: 'the 30 days before' },
  { value: '90', label: '90 days', days: 90, than: 'the 90 days before' },
] as const
export type Span = (typeof spans)[number]

export function spanOf(value: string | null): Span {
  return spans.find((span) => span.value === value) ?? spans[0]
}

/** In the days of whoever looks; up to the minute, so that what is asked twice in it is the same. */
export function rangeOf({ days }: Span, now: number): { from: Date; to: Date } {
  const from = new Date(now)
  from.setHours(0, 0, 0, 0)
  from.setDate(from.getDate() - (days - 1))
  return { from, to: new Date(Math.floor(now / 60_000) * 60_000 + 60_000) }
}

/** Every bucket of a span, also those that nothing happened in. */
export function bucketTimes({ days }: Span, now: number): Date[] {
  const { from } = rangeOf(spans[0], now)
  if (days > 1) {
    return Array.from({ length: days }, (_, index) => {
      const day = new Date(from)
      day.setDate(day.getDate() - (days - 1 - index))
      return day
    })
  }
  const next = new Date(from)
  next.setDate(next.getDate() + 1)
  // A day has 23 or 25 hours twice a year.
  const hours = Math.round((next.getTime() - from.getTime()) / 3_600_000)
  return Array.from({ length: hours }, (_, hour) => new Date(from.getTime() + hour * 3_600_000))
}
