import type { Reach } from '@partyline/contracts/api/reach'

/** "40 people: 37 now, 2 opted out, 1 unreachable". */
export function reachInWords({ recipients, now, optedOut, unreachable }: Reach): string {
  const people = recipients === 1 ? '1 person' : `${recipients} people`
  if (now === recipients) return people
  const parts = [
    `${now} now`,
    ...(optedOut > 0 ? [`${optedOut} opted out`] : []),
    ...(unreachable > 0 ? [`${unreachable} unreachable`] : []),
  ]
  return `${people}: ${parts.join(', ')}`
}

const noticedFromSeconds = 5

/** "takes about 40 s"; nothing where nobody would notice. */
export function durationInWords(seconds: number): string | undefined {
  if (seconds < noticedFromSeconds) return undefined
  if (seconds < 100) return `takes about ${Math.ceil(seconds / 5) * 5} s`
  if (seconds < 100 * 60) return `takes about ${Math.ceil(seconds / 60)} min`
  return `takes about ${Math.ceil(seconds / 3_600)} h`
}
