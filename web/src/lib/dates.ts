const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' })
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long' })
const shortWeekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' })
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const longDate = new Intl.DateTimeFormat(undefined, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
})
const hour = new Intl.DateTimeFormat(undefined, { hour: 'numeric' })
const datedYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
const short = new Intl.DateTimeFormat(undefined, {
  ...{ day: 'numeric', month: 'short' },
  ...{ hour: 'numeric', minute: '2-digit' },
})
const moment = new Intl.DateTimeFormat(undefined, {
  ...{ day: 'numeric', month: 'short' },
  ...{ hour: 'numeric', minute: '2-digit', second: '2-digit' },
})
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' })

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Whole local days between two times, by the calendar and not by 24 hours. */
function daysBetween(earlier: Date, later: Date): number {
  const dayOf = (at: Date) => Date.UTC(at.getFullYear(), at.getMonth(), at.getDate())
  return Math.round((dayOf(later) - dayOf(earlier)) / (24 * hourMs))
}

export function formatTime(iso: string): string {
  return time.format(new Date(iso))
}

export function formatFull(iso: string): string {
  return full.format(new Date(iso))
}

/** For a list: `now`, `5 min`, `3 h`, `Yesterday`, `Tue`, `12 Mar`, `12 Mar 2024`. */
export function formatAgo(iso: string, now: number): string {
  const at = new Date(iso)
  const today = new Date(now)
  const ageMs = now - at.getTime()
  const days = daysBetween(at, today)
  if (ageMs < minuteMs) return 'now'
  if (ageMs < hourMs) return `${Math.floor(ageMs / minuteMs)} min`
  if (days === 0) return `${Math.floor(ageMs / hourMs)} h`
  if (days === 1) return 'Yesterday'
  if (days < 7) return shortWeekday.format(at)
  return at.getFullYear() === today.getFullYear() ? date.format(at) : datedYear.format(at)
}

/** For a sentence: `just now`, `5 min ago`, `yesterday`, `on Tue`, `on 12 Mar`. */
export function formatSince(iso: string, now: number): string {
  const ago = formatAgo(iso, now)
  if (ago === 'now') return 'just now'
  if (ago === 'Yesterday') return 'yesterday'
  return / (min|h)$/.test(ago) ? `${ago} ago` : `on ${ago}`
}

/** For a divider: `Today`, `Yesterday`, `Tuesday`, `Tuesday, 12 March`, `12 Mar 2024`. */
export function formatDay(iso: string, now: number): string {
  const at = new Date(iso)
  const today = new Date(now)
  const days = daysBetween(at, today)
  if (days <= 0) return 'Today'
  if (days === 1) return 'Yesterday'
  if (days < 7) return weekday.format(at)
  return at.getFullYear() === today.getFullYear() ? longDate.format(at) : datedYear.format(at)
}

/** For an axis: `12 Mar`. */
export function formatDate(iso: string): string {
  return date.format(new Date(iso))
}

/** With its year: `12 Mar 2024`. */
export function formatDated(iso: string): string {
  return datedYear.format(new Date(iso))
}

/** For an axis: `3 PM`, `15`. */
export function formatHour(iso: string): string {
  return hour.format(new Date(iso))
}

/** For a timeline: to the second, with the day. */
export function formatMoment(iso: string): string {
  return moment.format(new Date(iso))
}

/** For a list, of what is to come: `17:30` today, `Tue`, `12 Mar`, `12 Mar 2027`. */
export function formatSoon(iso: string, now: number): string {
  const at = new Date(iso)
  const today = new Date(now)
  const days = daysBetween(today, at)
  if (days <= 0) return time.format(at)
  if (days < 7) return shortWeekday.format(at)
  return at.getFullYear() === today.getFullYear() ? date.format(at) : datedYear.format(at)
}

/** For a badge: `24 Nov, 09:00`. */
export function formatShort(iso: string): string {
  return short.format(new Date(iso))
}
