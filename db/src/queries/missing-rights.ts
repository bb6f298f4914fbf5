import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { databaseUsers, shownByRealtime } from '../roles.ts'

type Service = (typeof databaseUsers)[number]

interface Need {
  tables: readonly string[] | { allBut: readonly string[] }
  privileges: readonly string[]
}

/** Hashes that let somebody in, which the dispatcher never sees. */
const signIn = ['sessions', 'api_tokens', 'setup_links']

/** What a service cannot work without, of all that `roles.ts` lets it do. */
const needed: Record<Service, Need[]> = {
  ingress: [{ tables: ['inbox', 'status_events'], privileges: ['insert'] }],
  realtime: [{ tables: shownByRealtime, privileges: ['select'] }],
  dispatcher: [
    { tables: { allBut: [...signIn, 'vapid_keys'] }, privileges: ['select', 'insert'] },
    { tables: ['vapid_keys'], privileges: ['select'] },
    { tables: ['inbox', 'messages', 'deliveries'], privileges: ['update', 'delete'] },
  ],
  api: [
    { tables: { allBut: ['vapid_keys'] }, privileges: ['select', 'insert'] },
    { tables: ['vapid_keys'], privileges: ['insert'] },
  ],
}

export type Rights =
  | { user: 'missing' }
  | {
      user: 'found'
      missing: string[]
      /** Whether Postgres ends by itself what takes this user too long. */
      limited: boolean
    }

/** What a service's database user may not do though it must, such as `insert on inbox`. */
export async function findMissingRights(db: Db, service: Service, user: string): Promise<Rights> {
  const [known] = await db.execute<{ limited: boolean }>(sql`
    select exists (
      select from pg_db_role_setting as kept left join pg_database on pg_database.oid = kept.setdatabase
      where kept.setrole = pg_roles.oid and coalesce(datname = current_database(), true)
        and array_to_string(kept.setconfig, ' ') like '%statement_timeout=%'
    ) as limited
    from pg_roles where rolname = ${user}
  `)
  if (!known) return { user: 'missing' }
  const missing: string[] = []
  for (const { tables, privileges } of needed[service]) {
    const rows = await db.execute<{ right: string }>(sql`
      select privilege || ' on ' || tablename as right
      from pg_tables cross join unnest(${sql.param([...privileges])}::text[]) as privilege
      where schemaname = 'public'
        and ${among(tables)}
        and not has_table_privilege(${user}::name, format('public.%I', tablename), privilege)
      order by tablename, privilege
    `)
    missing.push(...rows.map(({ right }) => right))
  }
  return { user: 'found', missing, limited: known.limited }
}

function among(tables: Need['tables']) {
  if ('allBut' in tables) return sql`tablename <> all(${sql.param([...tables.allBut])}::text[])`
  return sql`tablename = any(${sql.param([...tables])}::text[])`
}

/** As whom this connection works. */
export async function findCurrentUser(db: Db): Promise<string> {
  const [row] = await db.execute<{ name: string }>(sql`select current_user as name`)
  return row?.name ?? ''
}
