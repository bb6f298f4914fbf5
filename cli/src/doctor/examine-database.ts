import { findTrouble } from '@partyline/db/queries/breaker'
import { inspectPostgres } from '@partyline/db/queries/inspect-postgres'
import { readWorkWaiting } from '@partyline/db/queries/work-waiting'
import { checkConnections } from './check-connections.ts'
import { checkPostgres } from './check-postgres.ts'
import { checkRights } from './check-rights.ts'
import { checkSchema } from './check-schema.ts'
import { judgeWork } from './judge-work.ts'
import type { Patient } from './examine.ts'
import type { Finding } from './finding.ts'
import { runChecks } from './run-checks.ts'

/** Postgres, and what is in it. When it cannot be reached that is all there is to say. */
export async function examineDatabase({ db, settings }: Patient): Promise<Finding[]> {
  const server = await inspectPostgres(db)
  const work = () => readWorkWaiting(db, { mostLines: 0, timeoutMs: 8_000 })
  return runChecks([
    { about: 'Postgres', look: async () => checkPostgres(server) },
    {
      about: 'Connections',
      look: async () => {
        // Where there are no tables yet there is no dispatcher either.
        const dispatchers = await work().then(
          (found) => found.dispatchers,
          () => 1,
        )
        return checkConnections(server, dispatchers)
      },
    },
    { about: 'Schema', look: () => checkSchema(db) },
    { about: 'Database users', look: () => checkRights(db, settings.databaseUrls) },
    { about: 'Work', look: async () => judgeWork(await work(), await findTrouble(db)) },
  ])
}
