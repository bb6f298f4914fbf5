import { filterUnbound, type Unknown } from '@partyline/db/queries/settle-unknown'
import type { JobDeps } from '../deps.ts'
import type { Twilio, TwilioMessage } from '../twilio/client.ts'
import { earliestOf, matchListed } from './match-listed.ts'

/** For more than these, one list of everything costs less than a list for each. */
const few = 20

/**
 * The text at Twilio that each of these deliveries is, by its id. Null: it is in no list; undefined: Twilio's
 * list could not be read. The deliveries come oldest first.
 */
export async function lookAtTwilio(
  { twilio, db }: Pick<JobDeps, 'twilio' | 'db'>,
  unknown: Unknown[],
): Promise<Map<string, TwilioMessage | null | undefined>> {
  const lists =
    unknown.length > few ? await listAll(twilio, unknown) : await listEach(twilio, unknown)
  const listed = new Map(
    [...new Set(lists.values())].flatMap((list) => list ?? []).map((text) => [text.sid, text]),
  )
  const wanted = new Set(unknown.map(({ to }) => to))
  const candidates = [...listed.values()].filter(({ to }) => wanted.has(to))
  const unbound = await filterUnbound(
    db,
    candidates.map(({ sid }) => sid),
  )
  const matches = matchListed(
    unknown,
    candidates.filter(({ sid }) => unbound.has(sid)),
  )
  return new Map(
    unknown.map(({ id }) => [id, matches.get(id) ?? (lists.get(id) ? null : undefined)]),
  )
}

type Lists = Map<string, TwilioMessage[] | undefined>

async function listEach(twilio: Twilio, unknown: Unknown[]): Promise<Lists> {
  const lists = await Promise.all(
    unknown.map((each) => twilio.listSent({ ...each, since: earliestOf(each) })),
  )
  return new Map(unknown.map(({ id }, index) => [id, lists[index]]))
}

/** One list for all, as far back as the oldest of them: as many pages as there are texts since then. */
async function listAll(twilio: Twilio, unknown: Unknown[]): Promise<Lists> {
  const since = new Date(Math.min(...unknown.map((each) => earliestOf(each).getTime())))
  const list = await twilio.listCreatedSince(since).then(
    (texts) => texts.filter(({ direction }) => direction === 'outbound-api'),
    () => undefined,
  )
  return new Map(unknown.map(({ id }) => [id, list]))
}
