import { type SQL, sql } from 'drizzle-orm'
import { unreachableAddresses } from '../schema/unreachable.ts'

/** Whether the carrier says that no text can ever arrive at this address. */
export function unreachable(address: SQL): SQL<boolean> {
  return sql`exists (
    select from ${unreachableAddresses} as dead where dead.address = ${address})`
}
