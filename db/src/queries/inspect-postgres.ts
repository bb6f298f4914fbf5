import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'

/** What a Postgres tells of itself. */
export interface PostgresServer {
  /** As people say it: `18.4`. */
  version: string
  major: number
  user: string
  /** How far its clock is ahead of ours; as exact as the way there is short. */
  clockAheadMs: number
  /** Connections that ordinary users may have, and how many there are of ours and of others. */
  connections: { allowed: number; ours: number; others: number }
  /** Something between us and it shares its connections among its clients. */
  pooled: boolean
  readOnly: boolean
  /** Settings with which a stop of the machine loses what was confirmed. */
  careless: string[]
}

interface Row extends Record<string, unknown> {
  version: string
  number: number
  user: string
  now: string
  pid: number
  allowed: number
  ours: number
  others: number
  read_only: boolean
  careless: string[]
}

export async function inspectPostgres(db: Db): Promise<PostgresServer> {
  // Connects, so that what follows is one round trip.
  await db.execute(sql`select 1`)
  const asked = Date.now()
  const rows = await db.execute<Row>(sql`
    select
      current_setting('server_version') as version,
      current_setting('server_version_num')::int as number,
      current_user as "user",
      (extract(epoch from clock_timestamp()) * 1000)::text as now,
      pg_backend_pid() as pid,
      least(
        current_setting('max_connections')::int
          - current_setting('superuser_reserved_connections')::int
          - coalesce(current_setting('reserved_connections', true)::int, 0),
        (select nullif(datconnlimit, -1) from pg_database where datname = current_database())
      ) as allowed,
      (select count(*)::int from pg_stat_activity
        where datid is not null and application_name like 'partyline-%') as ours,
      (select count(*)::int from pg_stat_activity
        where datid is not null and application_name not like 'partyline-%') as others,
      pg_is_in_recovery() or current_setting('default_transaction_read_only') = 'on' as read_only,
      (select coalesce(jsonb_agg(name || ' ' || setting order by name), '[]') from pg_settings
        where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off') as careless
  `)
  const [row] = rows
  if (!row) throw new Error('Postgres tells nothing of itself')
  const halfWayMs = (asked + Date.now()) / 2
  return {
    version: row.version.split(' ', 1)[0] ?? row.version,
    major: Math.floor(row.number / 10_000),
    user: row.user,
    clockAheadMs: Number(row.now) - halfWayMs,
    connections: { allowed: row.allowed, ours: row.ours, others: row.others },
    // Whoever shares connections makes up the number by which one could be cancelled.
    pooled: rows.state.pid !== row.pid,
    readOnly: row.read_only,
    careless: row.careless,
  }
}
