import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { databaseUsers, shownByRealtime } from '../roles.ts'

type Service = (typeof databaseUsers)[number]

/** What a service cannot work without, of all that `roles.ts` lets it do. */
const needed: Record<Service, { tables: readonly string[] | 'all'; privileges: string[] }[]> = {
  ingress: [{ tables: ['inbox', 'status_events'], privileges: ['insert'] }],
  realtime: [{ tables: shownByRealtime, privileges: ['select'] }],
  dispatcher: [
    { tables: 'all', privileges: ['select', 'insert'] },
    { tables: ['inbox', 'messages', 'deliveries'], privileges: ['update', 'delete'] },
  ],
  api: [{ tables: 'all', privileges: ['select', 'insert'] }],
}

/** Hashes that let somebody in, which the dispatcher never sees. */
const hidden = ['sessions', 'api_tokens', 'setup_links']

export type Rights = { user: 'missing' } | { user: 'found'; missing: string[] }

/** What a service's database user may not do though it must, such as `insert on inbox`. */
export async function findMissingRights(db: Db, service: Service, user: string): Promise<Rights> {
  const known = await db.execute(sql`select from pg_roles where rolname = ${user}`)
  if (known.count === 0) return { user: 'missing' }
  const missing: string[] = []
  for (const { tables, privileges } of needed[service]) {
    const rows = await db.execute<{ right: string }>(sql`
      select privilege || ' on ' || tablename as right
      from pg_tables cross join unnest(${sql.param(privileges)}::text[]) as privilege
      where schemaname = 'public'
        and ${tables === 'all' ? sql`true` : sql`tablename = any(${sql.param([...tables])}::text[])`}
        and not (${service === 'dispatcher'} and tablename = any(${sql.param(hidden)}::text[]))
        and not has_table_privilege(${user}::name, format('public.%I', tablename), privilege)
      order by tablename, privilege
    `)
    missing.push(...rows.map(({ right }) => right))
  }
  return { user: 'found', missing }
}
