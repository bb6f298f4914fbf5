import type { Db } from '@partyline/db/client'
import { readMigrationState } from '@partyline/db/migration-state'
import { type Finding, right, wrong } from './finding.ts'

const about = 'Schema'

/** Whether what is in the database is what this version works with. */
export async function checkSchema(db: Db): Promise<Finding[]> {
  const { applied, known } = await readMigrationState(db)
  if (applied > known) {
    const says = `The database was written by a newer version of Partyline (${applied} migrations, this one knows ${known}).`
    return [wrong(about, says, 'Update Partyline, or point DATABASE_URL at other data.')]
  }
  if (applied < known) {
    const says = `${known - applied} of ${known} migrations are not applied.`
    return [wrong(about, says, migrate)]
  }
  return [right(about, `Up to date, ${known} migrations.`)]
}

const migrate =
  'Run partyline migrate (docker compose up and npm start do it by themselves), and restart the services.'
