import type { ContactVerdict, Person } from '@partyline/contracts/api/bulk-people'
import { type Actor, recordAudit } from '@partyline/db/queries/audit'
import { findKnown, importContacts, type Known } from '@partyline/db/queries/import-contacts'
import type { RouteDeps } from './deps.ts'
import { readable, readPeople, type ReadRow, verdictOf } from './read-people.ts'

interface Import {
  contacts: readonly Person[]
  preview: boolean
  by: Actor & { userId: string }
  importId?: string | undefined
  keepNames: boolean
}

/** Makes or renames a list of contacts, or only says what would become of each. */
export async function importContactList(
  deps: RouteDeps,
  { contacts, preview, by, importId, keepNames }: Import,
): Promise<{ created: number; renamed: number; rows: ContactVerdict[] }> {
  const { db, rings } = deps
  const read = await readPeople(deps, { people: contacts, needsName: false })
  const known = await findKnown(db, readable(read), by.userId)
  const rows = read.map((row): ReadRow => {
    const found = row.refusal === undefined ? known.get(row.address) : undefined
    return found && !found.visible ? { ...row, refusal: 'not_yours' } : row
  })
  const wanted = readable(rows)
  if (!preview && wanted.length > 0) {
    await db.transaction(async (tx) => {
      const details = await importContacts(tx, { wanted, userId: by.userId, importId, keepNames })
      if (details.created + details.renamed === 0) return
      const subject = importId ?? null
      await recordAudit(tx, by, { action: 'contacts.imported', subject, details })
    })
    rings.changed()
  }
  const verdicts = rows.map((row) => judge(row, known, keepNames))
  const count = (wantedVerdict: string) =>
    verdicts.filter(({ verdict }) => verdict === wantedVerdict).length
  return { created: count('created'), renamed: count('renamed'), rows: verdicts }
}

function judge(row: ReadRow, known: Map<string, Known>, keepNames: boolean): ContactVerdict {
  const found = row.address === null ? undefined : known.get(row.address)
  const nameBefore = found?.visible === true ? found.name : null
  const verdict = row.refusal ?? becomes(row.name, found, keepNames)
  return { ...verdictOf(row, verdict), nameBefore }
}

function becomes(
  name: string,
  found: Known | undefined,
  keepNames: boolean,
): 'created' | 'renamed' | 'unchanged' {
  if (!found) return 'created'
  if (keepNames && found.name !== null) return 'unchanged'
  return name === '' || found.name === name ? 'unchanged' : 'renamed'
}
