import { phoneZones } from './phone-zones.ts'
import { formatClock } from './when.ts'

const zones = new Map<string, string>()
let zone = ''
for (const word of phoneZones.trim().split(/\s+/)) {
  if (/^\d/.test(word)) zones.set(word, zone)
  else zone = word
}

/** Where somebody with this number is, as far as its area code tells; undefined when it may be one of several zones. */
export function zoneOfPhone(address: string): string | undefined {
  const digits = /\+(\d+)$/.exec(address)?.[1] ?? ''
  for (let length = 4; length > 0; length -= 1) {
    const found = zones.get(digits.slice(0, length))
    if (found !== undefined && digits.length > length)
      return found === 'unknown' ? undefined : found
  }
  return undefined
}

/** What their clocks say at that time, with the day where it is another one; undefined where they say the same as ours. */
export function theirTime(at: Date, timeZone: string): string | undefined {
  const theirs = wallClock(at, timeZone)
  if (theirs.getTime() === wallClock(at).getTime()) return undefined
  if (theirs.getDate() === at.getDate()) return formatClock(theirs)
  const day = theirs.toLocaleDateString(undefined, { weekday: 'short' })
  return `${day}, ${formatClock(theirs)}`
}

/** The moment at which clocks there show what this time shows here. */
export function whenTheyHave(shown: Date, timeZone: string): Date {
  const wanted = shown.getTime()
  let at = new Date(wanted)
  // Twice: the first guess may lie on the other side of a change of the clocks.
  for (let tries = 0; tries < 2; tries += 1) {
    at = new Date(at.getTime() + wanted - wallClock(at, timeZone).getTime())
  }
  return at
}

/** A time that shows here what clocks there show. */
function wallClock(at: Date, timeZone?: string): Date {
  const parts = new Intl.DateTimeFormat('en-US-u-hc-h23', {
    ...(timeZone !== undefined && { timeZone }),
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
  }).formatToParts(at)
  const of = (wanted: string) => Number(parts.find(({ type }) => type === wanted)?.value)
  return new Date(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'))
}
