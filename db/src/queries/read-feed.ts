import type { FeedEvent } from '@partyline/contracts/feed'
import type { Db } from '../client.ts'
import { type Announcement, announce } from '../feed/announce.ts'
import { reaches } from '../feed/audience.ts'
import { formatCursor, start } from '../feed/cursor.ts'
import { findHead, listEvents } from '../feed/list-events.ts'

/** The cursor of everything so far. */
export async function feedHead(db: Db): Promise<string> {
  return formatCursor((await findHead(db)) ?? start)
}

/** What one user may know of the changes after a cursor, oldest first. Without a cursor: the present one. */
export async function readFeed(
  db: Db,
  { after, limit, userId }: { after: string | undefined; limit: number; userId: string },
): Promise<{ items: FeedEvent[]; cursor: string; hasMore: boolean }> {
  if (after === undefined) return { items: [], cursor: await feedHead(db), hasMore: false }
  const { announcements, cursor, hasMore } = await tailFeed(db, { after, limit })
  const items = announcements.filter(({ to }) => reaches(to, userId)).map(({ event }) => event)
  return { items, cursor, hasMore }
}

export interface FeedBatch {
  announcements: Announcement[]
  cursor: string
  hasMore: boolean
  heldBack: boolean
  /** How long ago the first of these changes began to happen. */
  ageMs: number
}

/** The changes after a cursor for everybody at once, each with who may know. */
export async function tailFeed(
  db: Db,
  { after, limit }: { after: string; limit: number },
): Promise<FeedBatch> {
  const { events, ...page } = await listEvents(db, after, limit)
  return { announcements: await announce(db, events), ...page }
}
