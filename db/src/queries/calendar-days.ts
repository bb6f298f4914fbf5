const dayMs = 86_400_000

interface CalendarDay {
  /** `2026-11-21`. */
  day: string
  begins: Date
}

/**
 * The days of a time zone from the one of `from` to the one of `to`. Told to Postgres rather than asked of
 * it: browsers name zones as of decades ago (Asia/Calcutta), which that of Debian no longer knows.
 */
export function calendarDays(timeZone: string, from: Date, to: Date): CalendarDay[] {
  const localMs = clockOf(timeZone)
  const first = Math.floor(localMs(from.getTime()) / dayMs)
  const last = Math.floor(localMs(to.getTime()) / dayMs)
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const midnight = (first + index) * dayMs
    const day = new Date(midnight).toISOString().slice(0, 10)
    return { day, begins: new Date(beginOf(midnight, localMs)) }
  })
}

/** The first moment with this date. Where clocks change at midnight, it comes twice, or not at all. */
function beginOf(midnight: number, localMs: (at: number) => number): number {
  const [before, after] = [midnight - dayMs, midnight + dayMs].map((at) => localMs(at) - at)
  const times = [before, after].map((offset = 0) => midnight - offset)
  const there = times.filter((at) => localMs(at) === midnight)
  return there.length > 0 ? Math.min(...there) : (times[0] ?? midnight)
}

/** What a clock on a wall there shows, as if it were one of UTC. */
function clockOf(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, calendar: 'gregory', hourCycle: 'h23' },
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  })
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
    const date = [part('year'), part('month') - 1, part('day')] as const
    return Date.UTC(...date, part('hour'), part('minute'), part('second'))
  }
}
