import { AppError } from '@partyline/contracts/errors'

const kinds = {
  id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  /** A sequence number, or microseconds since 1970. */
  number: /^\d{1,16}$/,
  /** Postgres takes any text but NUL. */
  text: /^[^\0]*$/,
} as const

/** Where a page ended, opaque to callers: the values that the list is ordered by. */
export function encodeCursor(values: string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** A cursor comes back from outside, so it is checked like any input. */
export function decodeCursor<Kinds extends (keyof typeof kinds)[]>(
  cursor: string,
  wanted: [...Kinds],
): { [Place in keyof Kinds]: string } {
  const values = parse(cursor)
  const fits =
    values?.length === wanted.length &&
    wanted.every((kind, place) => {
      const value = values[place]
      return typeof value === 'string' && kinds[kind].test(value)
    })
  if (!fits) {
    throw new AppError(
      'invalid_request',
      'This cursor is not one of ours. Start at the first page.',
    )
  }
  return values as { [Place in keyof Kinds]: string }
}

function parse(cursor: string): unknown[] | undefined {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(values) ? values : undefined
  } catch {
    return undefined
  }
}

/** Ask for one row more than the page holds: that row says whether there is a next page. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => string[],
): { rows: Row[]; nextCursor: string | null } {
  const kept = rows.slice(0, limit)
  const last = rows.length > limit ? kept.at(-1) : undefined
  return { rows: kept, nextCursor: last === undefined ? null : encodeCursor(placeOf(last)) }
}
