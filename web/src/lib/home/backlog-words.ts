import { type Attention, backlogCountedAtMost } from '@partyline/contracts/api/statistics'
import { formatCount, formatDuration } from './figures-in-words.ts'

type Backlog = Attention['backlog'][number]

/** What waits on a line, since when, and how long it will be; while nothing is sent nobody knows. */
export function backlogWords(
  { texts, oldestAt, secondsToEmpty }: Backlog,
  { paused, stopped, now }: { paused: boolean; stopped: boolean; now: number },
): { wait: string; left: string } {
  const isMany = texts >= backlogCountedAtMost
  const count = isMany ? `${formatCount(texts)} or more texts` : `${formatCount(texts)} texts`
  const waited = formatDuration(Math.max(1, (now - Date.parse(oldestAt)) / 1_000))
  const wait = texts === 1 ? `1 text, waiting ${waited}` : `${count}, the oldest waiting ${waited}`
  if (paused) return { wait, left: 'Until the line is resumed' }
  if (stopped) return { wait, left: 'Until texts are sent again' }
  const left = formatDuration(Math.max(1, Math.ceil(secondsToEmpty)))
  return { wait, left: isMany ? `More than ${left} to go` : `About ${left} to go` }
}
