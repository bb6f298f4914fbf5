import type { Line } from '@partyline/contracts/api/lines'
import { formatFull } from '../dates.ts'

/** That nothing is sent from a line, since when and why; undefined where it sends. */
export function pausedWords({ pausedAt, pausedFor }: Line): string | undefined {
  if (pausedAt === null) return undefined
  const since = `Sending is paused since ${formatFull(pausedAt)}; what is to go out waits.`
  if (!pausedFor) return since
  const { reason, advice, code } = pausedFor
  const error = code === null ? '' : ` (error ${code})`
  return `${since} One text after another failed${error}: ${reason} ${advice}`
}
