import { sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { limitUser } from './time-limits.ts'

/** The services that connect, each as a user of its own. */
export const databaseUsers = ['ingress', 'dispatcher', 'realtime', 'api'] as const
type Service = (typeof databaseUsers)[number]

/** The address by which each service connects: its user and password are made to be so. */
export type ServiceUrls = Record<Service, string>

/** Hashes that let somebody in, and the record of who did what. */
const signIn = sql`sessions, api_tokens, setup_links`
const record = sql`audit`

/** What the feed is made of. */
export const shownByRealtime = [
  ...['events', 'lines', 'contacts', 'addresses', 'opt_outs', 'conversations', 'groups', 'members'],
  ...['labels', 'conversation_labels', 'unreachable_addresses'],
  ...['messages', 'media', 'deliveries', 'sessions'],
] as const

const list = (tables: readonly string[]) =>
  sql.join(
    tables.map((table) => sql.identifier(table)),
    sql`, `,
  )

/**
 * What each user may do, and nothing else: the door adds webhooks and cannot read them, the feed is only
 * read, and nobody but the owner changes tables.
 */
const grants: Record<
  Service,
  (user: ReturnType<typeof sql.identifier>) => ReturnType<typeof sql>[]
> = {
  ingress: (user) => [
    sql`grant insert, select (message_sid) on inbox to ${user}`,
    sql`grant insert, select (message_sid, status) on status_events to ${user}`,
    sql`grant usage on sequence inbox_seq_seq to ${user}`,
  ],
  realtime: (user) => [
    sql`grant select on ${list(shownByRealtime)} to ${user}`,
    sql`grant select (id, email, name, role, disabled_at) on users to ${user}`,
    // When something goes out, but not what.
    sql`grant select (conversation_id, send_at, created_at, problem) on scheduled_messages to ${user}`,
  ],
  dispatcher: (user) => [
    sql`grant select, insert, update, delete on all tables in schema public to ${user}`,
    sql`revoke all on ${signIn} from ${user}`,
    sql`revoke update, delete on ${record} from ${user}`,
    sql`revoke insert, update, delete on vapid_keys from ${user}`,
    sql`grant usage on all sequences in schema public to ${user}`,
    // The doctor looks with the dispatcher's settings, and tells how far the schema is.
    sql`grant usage on schema drizzle to ${user}`,
    sql`grant select on drizzle.__drizzle_migrations to ${user}`,
  ],
  api: (user) => [
    sql`grant select, insert, update, delete on all tables in schema public to ${user}`,
    sql`revoke update, delete on ${record} from ${user}`,
    // It makes the keys and gives the public one to browsers; what it made it cannot read.
    sql`revoke all on vapid_keys from ${user}`,
    sql`grant insert, select (id, public_key) on vapid_keys to ${user}`,
    sql`grant usage on all sequences in schema public to ${user}`,
  ],
}

/** The owner may not make users: a managed Postgres may keep that to itself. */
export class MayNotMakeUsersError extends Error {
  override readonly name = 'MayNotMakeUsersError'

  constructor(cause: unknown) {
    super(
      'The user of DATABASE_URL may not make the users of the services. Let it: ALTER ROLE … CREATEROLE; or set DATABASE_USERS=shared, and all services connect as this one.',
      { cause },
    )
  }
}

/** Makes the users and lets each do what it must, whatever it was let do before. */
export async function grantRoles(db: Db, urls: ServiceUrls): Promise<void> {
  await db.transaction(async (tx) => {
    for (const service of databaseUsers) {
      const { username, password } = new URL(urls[service])
      const name = decodeURIComponent(username)
      await makeUser(tx, name, decodeURIComponent(password)).catch(explainDenied)
      await limitUser(tx, name)
      const user = sql.identifier(name)
      await tx.execute(sql`revoke all on all tables in schema public from ${user}`)
      await tx.execute(sql`revoke all on all sequences in schema public from ${user}`)
      for (const grant of grants[service](user)) await tx.execute(grant)
    }
  })
}

function explainDenied(error: unknown): never {
  const { cause } = error as { cause?: { code?: unknown } }
  throw cause?.code === '42501' ? new MayNotMakeUsersError(error) : error
}

/** DDL takes no parameters, so name and password travel as settings of this transaction. */
async function makeUser(tx: Db, name: string, password: string): Promise<void> {
  await tx.execute(sql`
    select set_config('partyline.user', ${name}, true), set_config('partyline.password', ${password}, true)
  `)
  await tx.execute(sql`
    do $$
    declare
      name text := current_setting('partyline.user');
      password text := current_setting('partyline.password');
    begin
      if name = current_user then
        raise exception 'a service must not connect as %, the owner of the tables', name;
      elsif not exists (select from pg_roles where rolname = name) then
        execute format('create role %I login password %L', name, password);
      else
        execute format('alter role %I login password %L', name, password);
      end if;
    end
    $$
  `)
}
