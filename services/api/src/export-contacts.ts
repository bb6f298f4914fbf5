import type { Contact } from '@partyline/contracts/api/contacts'
import type { Db } from '@partyline/db/client'
import { listContacts } from '@partyline/db/queries/list-contacts'
import { viewContacts } from '@partyline/db/views/contact'
import { csvLine } from './csv.ts'
import { inOrder } from './present.ts'

export type ExportFormat = 'csv' | 'json'

const pageSize = 500

/** All contacts that somebody may see, page by page: as many as there are, never in memory at once. */
export async function* exportContacts(
  db: Db,
  viewerId: string,
  format: ExportFormat,
): AsyncGenerator<string> {
  if (format === 'csv') yield `\uFEFF${csvLine(['name', 'phone', 'other addresses', 'added'])}`
  else yield '['
  let isFirst = true
  for await (const contacts of pages(db, viewerId)) {
    if (format === 'csv') yield contacts.map((contact) => csvLine(toRow(contact))).join('')
    else yield `${isFirst ? '\n' : ',\n'}${contacts.map((one) => JSON.stringify(one)).join(',\n')}`
    isFirst = false
  }
  if (format === 'json') yield '\n]\n'
}

async function* pages(db: Db, viewerId: string): AsyncGenerator<Contact[]> {
  let cursor: string | undefined
  do {
    const page = await listContacts(db, { viewerId, cursor, limit: pageSize, sort: 'newest' })
    const ids = page.rows.map(({ id }) => id)
    const { items } = inOrder(page, await viewContacts(db, ids, viewerId))
    if (items.length > 0) yield items
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}

function toRow({ name, addresses, createdAt }: Contact): string[] {
  const [first, ...others] = addresses.map(({ address }) => address)
  return [name ?? '', first ?? '', others.join(' '), createdAt]
}
