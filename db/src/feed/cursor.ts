import { AppError } from '@partyline/contracts/errors'

/** A place in the feed: the event itself, and everything ordered before it by (xid, id). */
export interface Place {
  xid: string
  id: string
}

export const start: Place = { xid: '0', id: '0' }

/** Both are 64 bits in the database; more digits than this is nothing of ours. */
const max = 2n ** 63n - 1n

export function formatCursor({ xid, id }: Place): string {
  return `${xid}-${id}`
}

export function parseCursor(cursor: string): Place {
  const [, xid, id] = /^(\d{1,19})-(\d{1,19})$/.exec(cursor) ?? []
  if (xid === undefined || id === undefined || BigInt(xid) > max || BigInt(id) > max) {
    throw new AppError('invalid_request', 'This is not a cursor of the feed. Leave `after` out.')
  }
  return { xid, id }
}
