import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'

/** Writes into these tables and indexes them after: of millions of rows that takes a fraction of the time. */
export async function withoutIndexes(
  tx: Db,
  table: 'messages' | 'deliveries',
  write: () => Promise<void>,
): Promise<void> {
  const indexes = await tx.execute<{ name: string; definition: string }>(sql`
    select indexname as name, indexdef as definition from pg_indexes
    where schemaname = 'public' and tablename = ${table}
      and indexname not in (select conname from pg_constraint where conrelid = ${table}::regclass)
  `)
  for (const { name } of indexes) await tx.execute(sql`drop index ${sql.identifier(name)}`)
  await write()
  // eslint-disable-next-line no-restricted-syntax -- what Postgres itself wrote down
  for (const { definition } of indexes) await tx.execute(sql.raw(definition))
}
