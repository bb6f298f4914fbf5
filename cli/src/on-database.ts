import { connectPostgres, createDb, type Db } from '@partyline/db/client'
import { codeOf } from './doctor/why-of.ts'
import { KnownError } from './known-error.ts'
import { waitForPostgres } from './wait-for-stores.ts'

const patienceMs = 10_000

/** Postgres's numbers for a table or a column that is not there. */
const missing = ['42P01', '42703']

/** Does something with a database that has been brought to this version. */
export async function onDatabase<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  await waitForPostgres(url, patienceMs)
  const sql = connectPostgres(url, { name: 'cli', max: 2 })
  try {
    return await work(createDb(sql))
  } catch (error) {
    if (!missing.includes(codeOf(error) ?? '')) throw error
    const message = 'The database is older than this Partyline: run `partyline migrate` first.'
    throw new KnownError(message, { cause: error })
  } finally {
    await sql.end({ timeout: 5 })
  }
}
