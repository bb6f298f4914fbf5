import { asc } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { lines, type LineRow } from '../schema/lines.ts'

/** Every line, however many: there are as many as somebody pays for. */
export function listLineAddresses(
  db: Db,
): Promise<Pick<LineRow, 'address' | 'channel' | 'name'>[]> {
  const { address, channel, name } = lines
  return db.select({ address, channel, name }).from(lines).orderBy(asc(address))
}
