import type { Figures } from '@partyline/contracts/api/statistics'

const whole = new Intl.NumberFormat()
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 })

export const formatCount = (count: number): string => whole.format(count)

/** Of what has come to an end, how much arrived; null while nothing has. */
export function deliveryRate({ delivered, failed }: Pick<Figures, 'delivered' | 'failed'>) {
  return delivered + failed === 0 ? null : delivered / (delivered + failed)
}

/** Never 100% while one failed. */
export function formatRate(rate: number): string {
  return percent.format(rate < 1 ? Math.min(rate, 0.999) : 1)
}

/** `under a second`, `45 s`, `4 min`, `2 h 10 min`, `3 days`. */
export function formatDuration(seconds: number): string {
  if (seconds < 1) return 'under a second'
  if (seconds < 60) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours >= 48) return `${Math.round(hours / 24)} days`
  return minutes % 60 === 0 || hours >= 10 ? `${hours} h` : `${hours} h ${minutes % 60} min`
}

interface Compared {
  note: string
  tone: 'plain' | 'ok' | 'warn'
}

/** More or fewer texts is neither good nor bad. */
export function compareCounts(now: number, before: number, than: string): Compared {
  const tone = 'plain'
  if (before === 0) return { tone, note: now === 0 ? `None, as ${than}` : `None ${than}` }
  const change = Math.round(((now - before) / before) * 100)
  if (change === 0) return { tone, note: `The same as ${than}` }
  const much =
    change > 500 ? 'Many times more' : `${Math.abs(change)}% ${change > 0 ? 'more' : 'fewer'}`
  return { tone, note: `${much} than ${than}` }
}

export function compareRates(now: number | null, before: number | null, than: string): Compared {
  if (now === null) return { tone: 'plain', note: 'Nothing has arrived or failed yet' }
  if (before === null) return { tone: 'plain', note: 'Nothing to compare with yet' }
  const points = Math.round((now - before) * 1_000) / 10
  if (points === 0) return { tone: 'plain', note: `The same as ${than}` }
  const much = `${Math.abs(points)} ${Math.abs(points) === 1 ? 'point' : 'points'}`
  return points > 0
    ? { tone: 'ok', note: `${much} better than ${than}` }
    : { tone: 'warn', note: `${much} worse than ${than}` }
}

export function compareWaits(now: number | null, before: number | null, than: string): Compared {
  if (now === null) return { tone: 'plain', note: 'Nobody was answered yet' }
  if (before === null) return { tone: 'plain', note: 'Nothing to compare with yet' }
  const difference = formatDuration(Math.abs(now - before))
  if (now === before) return { tone: 'plain', note: `The same as ${than}` }
  return now < before
    ? { tone: 'ok', note: `${difference} sooner than ${than}` }
    : { tone: 'warn', note: `${difference} later than ${than}` }
}
