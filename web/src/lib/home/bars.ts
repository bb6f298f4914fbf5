import type { Figures } from '@partyline/contracts/api/statistics'
import { formatDate, formatDay, formatHour } from '../dates.ts'
import { noFigures, type Statistics } from './home.svelte.ts'
import { bucketTimes, type Span } from './time-range.ts'

interface Bucket {
  title: string
  short: string
  figures: Figures
}

/** Every hour or day of what is shown, with a name. */
export function bucketsOf(statistics: Statistics, span: Span, now: number): Bucket[] {
  const known = new Map(statistics.buckets.map((bucket) => [Date.parse(bucket.at), bucket]))
  return bucketTimes(span, now).map((time) => {
    const at = time.toISOString()
    const figures = known.get(time.getTime()) ?? noFigures
    if (span.days > 1) return { title: formatDay(at, now), short: formatDate(at), figures }
    const until = new Date(time.getTime() + 3_600_000).toISOString()
    const short = formatHour(at)
    return { title: `${short} to ${formatHour(until)}`, short, figures }
  })
}

const mostBars = 31

/** Texts in and out; of a quarter by the week, as 90 pairs of bars say nothing. */
export function volumeBars(buckets: readonly Bucket[]) {
  if (buckets.length <= mostBars)
    return buckets.map((bucket) => ({ ...bucket, values: volume([bucket]) }))
  const weeks: Bucket[][] = []
  for (let end = buckets.length; end > 0; end -= 7) {
    weeks.unshift(buckets.slice(Math.max(0, end - 7), end))
  }
  return weeks.map((days) => {
    const short = days[0]?.short ?? ''
    return { title: `${short} to ${days.at(-1)?.short ?? ''}`, short, values: volume(days) }
  })
}

function volume(buckets: readonly Bucket[]): number[] {
  const sum = (of: (figures: Figures) => number) =>
    buckets.reduce((total, { figures }) => total + of(figures), 0)
  return [sum(({ inbound }) => inbound), sum(({ outbound }) => outbound)]
}

export function waitBars(buckets: readonly Bucket[]) {
  return buckets.map(({ title, short, figures }) => ({
    ...{ title, short },
    // An answer within the second is an answer, and no empty place.
    values: [figures.medianAnswerSeconds === null ? 0 : Math.max(1, figures.medianAnswerSeconds)],
  }))
}
