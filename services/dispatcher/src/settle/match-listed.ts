import type { Unknown } from '@partyline/db/queries/settle-unknown'
import type { TwilioMessage } from '../twilio/client.ts'

/** Clocks differ, and Twilio's dates are whole seconds. */
const skewMs = 60_000

/** From when on a text at Twilio may be this delivery. */
export function earliestOf({ attemptAt }: Pick<Unknown, 'attemptAt'>): Date {
  return new Date(attemptAt.getTime() - skewMs)
}

type Wanted = Pick<Unknown, 'id' | 'from' | 'to' | 'body' | 'attemptAt'>
type Listed = Pick<TwilioMessage, 'sid' | 'from' | 'to' | 'body' | 'createdAt'>

/**
 * Which text in Twilio's list each delivery is, by its id. A text is one delivery at most; of several alike
 * the oldest text is the oldest delivery. `unknown` comes oldest first, `listed` newest first, as Twilio
 * lists what it made in the same second.
 */
export function matchListed<Text extends Listed>(
  unknown: Wanted[],
  listed: Text[],
): Map<string, Text> {
  const alike = Map.groupBy(
    listed
      .toReversed()
      .toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime()),
    keyOf,
  )
  const matches = new Map<string, Text>()
  const taken = new Set<string>()
  for (const delivery of unknown) {
    const since = earliestOf(delivery)
    const text = alike
      .get(keyOf(delivery))
      ?.find(
        ({ sid, from, createdAt }) =>
          !taken.has(sid) && createdAt >= since && isSentFrom(delivery.from, from),
      )
    if (!text) continue
    taken.add(text.sid)
    matches.set(delivery.id, text)
  }
  return matches
}

const keyOf = ({ to, body }: { to: string; body: string }) => `${to} ${body}`

/** With a service the sender may not be chosen yet, so there the recipient alone must do. */
const isSentFrom = (line: string, sender: string | null) => line.startsWith('MG') || sender === line
