import { type SQL, sql } from 'drizzle-orm'
import { optOuts } from '../schema/contacts.ts'

/** Whether this address has told this line to stop, as it is now. */
export function optedOut(lineId: SQL, address: SQL): SQL<boolean> {
  return sql<boolean>`exists (
    select from ${optOuts} as choice where choice.line_id = ${lineId}
      and choice.address = ${address} and choice.ended_at is null)`
}
