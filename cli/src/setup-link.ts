import { createSetupLink } from '@partyline/api/first-admin'
import { connectPostgres, createDb } from '@partyline/db/client'
import type { Call } from './command.ts'
import { KnownError } from './known-error.ts'
import { say } from './print.ts'
import { waitForPostgres } from './wait-for-stores.ts'
import { loadConfig } from './welcome/config.ts'

const patienceMs = 10_000

/** Prints where the first admin is made, for whoever missed it. */
export async function setupLink({ env }: Call): Promise<number> {
  const { databaseUrl, publicUrl } = loadConfig(env)
  await waitForPostgres(databaseUrl, patienceMs)
  await using resources = new AsyncDisposableStack()
  const sql = connectPostgres(databaseUrl, { name: 'setup-link', max: 1 })
  resources.defer(() => sql.end({ timeout: 5 }))
  const link = await createSetupLink(createDb(sql), publicUrl)
  if (link === undefined) {
    throw new KnownError(
      `Partyline is set up: there is an admin. Sign in at ${publicUrl}. Another admin can give a new password to whoever lost theirs (PATCH /api/users/:id).`,
    )
  }
  say(`${link}\nIt works once, within 30 minutes.`)
  return 0
}
