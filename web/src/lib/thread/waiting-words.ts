import type { threadEndpoints } from '@partyline/contracts/api/thread'
import type { z } from 'zod'
import { formatTime } from '../dates.ts'

type Waiting = z.output<typeof threadEndpoints.waiting.reply>

/** Why a text waits and for how long, in one line; empty when it does not. */
export function waitingWords(
  { waiting, stopped, paused, until, segmentsPerSecond, segmentsAhead }: Waiting,
  now: number,
): string {
  if (!waiting) return ''
  if (stopped) return 'Nothing is sent right now. It goes out by itself, see the notice above.'
  if (paused) return 'Its line is paused. It goes out when that is resumed.'
  if (until && Date.parse(until) > now) return `Waits until ${formatTime(until)}`
  const seconds = Math.ceil(segmentsAhead / segmentsPerSecond)
  if (seconds < 3) return ''
  const rate = segmentsPerSecond === 1 ? '1 text a second' : `${segmentsPerSecond} texts a second`
  return `${rate}; about ${duration(seconds)} to go`
}

function duration(seconds: number): string {
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}
