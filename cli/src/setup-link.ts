import { createSetupLink } from '@partyline/api/first-admin'
import type { Call } from './command.ts'
import { KnownError } from './known-error.ts'
import { onDatabase } from './on-database.ts'
import { say } from './print.ts'
import { loadConfig } from './welcome/config.ts'

/** Prints where the first admin is made, for whoever missed it. */
export async function setupLink({ env }: Call): Promise<number> {
  const { databaseUrl, publicUrl } = loadConfig(env)
  const link = await onDatabase(databaseUrl, (db) => createSetupLink(db, publicUrl))
  if (link === undefined) {
    throw new KnownError(
      `Partyline is set up: there is an admin. Sign in at ${publicUrl}. Another admin can give a new password to whoever lost theirs (PATCH /api/users/:id).`,
    )
  }
  say(`${link}\nIt works once, within 30 minutes.`)
  return 0
}
