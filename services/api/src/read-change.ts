import type { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { AppError } from '@partyline/contracts/errors'
import type { ConversationChange } from '@partyline/db/queries/change-conversations'
import type { z } from 'zod'

type Asked = Omit<z.output<(typeof conversationEndpoints)['change']['body']>, 'name'>

const yearMs = 366 * 24 * 60 * 60 * 1_000

/** What is to be done with conversations; a snooze must end, and later than now. */
export function readChange(
  { snoozedUntil, ...change }: Asked,
  now = Date.now(),
): ConversationChange {
  if (snoozedUntil === undefined) return change
  const until = new Date(snoozedUntil)
  if (until.getTime() <= now || until.getTime() > now + yearMs) {
    throw new AppError('invalid_request', 'Choose a time later than now and within a year.')
  }
  return { ...change, snoozedUntil: until }
}
