import { and, asc, eq, gt, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Db } from '../client.ts'
import { accountNumbers, type AccountNumberRow } from '../schema/account.ts'
import { lines } from '../schema/lines.ts'
import { decodeCursor, pageOf } from './cursor.ts'

/** What Twilio says of a number or Messaging Service. */
export type SeenNumber = Omit<
  AccountNumberRow,
  'foundAt' | 'state' | 'replaces' | 'attempt' | 'tryAt' | 'problem'
>

/** A number with the Messaging Service in whose pool it is, and the line with its address. */
export interface KnownNumber {
  number: AccountNumberRow
  service: AccountNumberRow | null
  lineId: string | null
}

const services = alias(accountNumbers, 'services')

const known = (db: Db) =>
  db
    .select({ number: accountNumbers, service: services, lineId: lines.id })
    .from(accountNumbers)
    .leftJoin(services, eq(services.sid, accountNumbers.serviceSid))
    .leftJoin(lines, eq(lines.address, accountNumbers.address))
    .$dynamic()

export async function listAccountNumbers(
  db: Db,
  given: { cursor?: string | undefined; limit: number },
): Promise<{ rows: KnownNumber[]; nextCursor: string | null }> {
  const after = given.cursor && decodeCursor(given.cursor, ['text', 'text'])
  const { address, sid } = accountNumbers
  const rows = await known(db)
    .where(
      after ? or(gt(address, after[0]), and(eq(address, after[0]), gt(sid, after[1]))) : undefined,
    )
    .orderBy(asc(address), asc(sid))
    .limit(given.limit + 1)
  return pageOf(rows, given.limit, ({ number }) => [number.address, number.sid])
}

export async function findAccountNumber(db: Db, sid: string): Promise<KnownNumber | undefined> {
  const [found] = await known(db).where(eq(accountNumbers.sid, sid))
  return found
}

/**
 * Keeps what a look saw, and forgets what it no longer saw. What was set while it looked is newer, and stays.
 * True when something is different.
 */
export async function keepSeen(db: Db, startedAt: Date, seen: SeenNumber[]): Promise<boolean> {
  const at = startedAt.toISOString()
  const rows = seen.map((row) => ({ ...toColumns(row), found_at: at }))
  return db.transaction(async (tx) => {
    const kept = await tx.execute(sql`
      insert into account_numbers (sid, found_at, ${list()})
      select sid, found_at, ${list()}
      from jsonb_populate_recordset(null::account_numbers, ${JSON.stringify(rows)}::text::jsonb)
      on conflict (sid) do update set found_at = excluded.found_at, (${list()}) = row(${list('excluded')})
      where account_numbers.found_at < excluded.found_at
        and (${list('account_numbers')}) is distinct from (${list('excluded')})
    `)
    const gone = await tx.execute(sql`
      delete from account_numbers where found_at < ${at}::timestamptz
        and sid <> all(${sql.param(seen.map(({ sid }) => sid))}::text[])
    `)
    return kept.count + gone.count > 0
  })
}

/** As Twilio shows them, by the names of their columns. */
const seenColumns = {
  address: 'address',
  name: 'name',
  sms: 'sms',
  mms: 'mms',
  smsUrl: 'sms_url',
  smsMethod: 'sms_method',
  smsFallbackUrl: 'sms_fallback_url',
  smsFallbackMethod: 'sms_fallback_method',
  smsApplicationSid: 'sms_application_sid',
  serviceSid: 'service_sid',
  leavesToNumbers: 'leaves_to_numbers',
} as const satisfies Record<Exclude<keyof SeenNumber, 'sid'>, string>

/** The columns that are seen, one after the other. */
const list = (of?: 'excluded' | 'account_numbers') =>
  sql.join(
    Object.values(seenColumns).map((name) =>
      of ? sql`${sql.identifier(of)}.${sql.identifier(name)}` : sql.identifier(name),
    ),
    sql`, `,
  )

function toColumns(row: SeenNumber) {
  const names = Object.keys(seenColumns) as (keyof typeof seenColumns)[]
  const columns = names.map((name) => [seenColumns[name], row[name]] as const)
  return { sid: row.sid, ...Object.fromEntries(columns) }
}
