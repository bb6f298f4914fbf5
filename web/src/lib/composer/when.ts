const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' })
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' })
const date = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
})

export const formatClock = (at: Date): string => time.format(at)

/** A time to come: `today, 3:30 PM`, `tomorrow, 9:00 AM`, `Mon, 9:00 AM`, `Sat, 12 Mar, 9:00 AM`. */
export function formatWhen(at: Date, now: Date): string {
  return `${dayOf(at, now)}, ${time.format(at)}`
}

function dayOf(at: Date, now: Date): string {
  const dayNumber = (each: Date) =>
    Math.round(Date.UTC(each.getFullYear(), each.getMonth(), each.getDate()) / 86_400_000)
  const days = dayNumber(at) - dayNumber(now)
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  return days > 1 && days < 7 ? weekday.format(at) : date.format(at)
}

/** The clock that times here are told by: `Berlin time (GMT+1)`. */
export function zoneInWords(at: Date): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const parts = new Intl.DateTimeFormat('en', { timeZoneName: 'short' }).formatToParts(at)
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const place = timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? timeZone
  return place === offset ? place : `${place} time (${offset})`
}
