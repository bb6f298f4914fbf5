import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { noteEndpoints } from '@partyline/contracts/api/notes'
import { type FoundMessage, searchEndpoints } from '@partyline/contracts/api/search'
import { type SQL, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Stack } from '../../support/stack.ts'
import type { Client } from './client.ts'
import { openConversation } from './conversation-steps.ts'
import { givenTexts } from './given-texts.ts'
import { givenText } from './given-text.ts'
import { makeLine, test } from './running-api.ts'

const search = (client: Client, q: string, more: object = {}) =>
  client.call(searchEndpoints.search, {}, { q, ...more })
const texts = async (client: Client, q: string) =>
  (await search(client, q)).messages.items.map(({ snippet }) => snippet.text)

async function seqs(client: Client, q: string, limit: number) {
  const { messages } = await search(client, q, { kinds: 'messages', limit })
  return messages.items.map(({ seq }) => seq)
}

test('texts and notes are found by their words, the last one unfinished; a private thread by its owner alone', async ({
  stack,
  ana,
  ben,
  admin,
}) => {
  const line = await makeLine(admin)
  const id = await givenText(stack, line.id, '+12065550001', 'Mail ann@example.com, please!')
  await givenText(stack, line.id, '+12065550001', 'The PIZZA (large) is ready: 2026-01-02')
  await ana.call(noteEndpoints.write, { id }, { body: 'He likes pizza', clientKey: 'n' })
  await ana.call(conversationEndpoints.change, { id }, { name: 'Quill', status: 'closed' })
  const hers = await ana.call(
    conversationEndpoints.create,
    {},
    { lineId: line.id, address: '+12065550002', visibility: 'private' },
  )
  await givenText(stack, line.id, '+12065550002', 'A secret pizza')

  expect(await texts(ben, 'pizz')).toEqual([
    'He likes pizza',
    'The PIZZA (large) is ready: 2026-01-02',
  ])
  expect(await texts(ana, 'pizza')).toContain('A secret pizza')
  expect(await texts(ben, 'example mai')).toEqual(['Mail ann@example.com, please!'])
  expect(await texts(ben, 'ann@exam')).toHaveLength(1)
  expect(await texts(ben, '2026-01')).toHaveLength(1)
  for (const q of ['pizz ready', 'closed', '!?', "x' & y", '(: *']) {
    expect(await texts(ben, q), q).toEqual([])
  }
  const [found] = (await search(ben, 'pizza')).messages.items
  const marks = found?.snippet.matches.map(({ start, end }) => found.snippet.text.slice(start, end))
  expect(marks).toEqual(['pizza'])
  expect(found).toMatchObject({
    ...{ conversationId: id, conversationName: 'Quill', seq: 3, kind: 'note', authorName: 'Ana' },
  })

  const byName = await search(ben, 'uil')
  expect(byName.conversations.map(({ name }) => name)).toEqual(['Quill'])
  expect(byName.contacts.map(({ name }) => name)).toEqual(['Quill'])
  expect((await search(ben, '555-0002')).conversations).toEqual([])
  expect((await search(ana, '555-0002')).conversations).toMatchObject([{ id: hers.id }])
  const onlyContacts = await search(ben, '(206) 555', { kinds: 'contacts' })
  expect(onlyContacts).toMatchObject({ conversations: [], messages: { items: [] } })
  expect(onlyContacts.contacts).toHaveLength(1)
})

/** A conversation with so many texts that no search reads all of them. */
async function givenHaystack({ stack, admin }: { stack: Stack; admin: Client }, body: SQL) {
  const line = await makeLine(admin)
  const { id } = await openConversation(admin, line.id, '+12065550001')
  await givenTexts(stack.db, id, 22_100, { body })
}

test('a word is found page by page, each text once, however many newer texts are without it', async ({
  stack,
  admin,
}) => {
  // Some are near, some behind what is read one by one, and most of them long ago.
  await givenHaystack(
    { stack, admin },
    sql`case when n <= 40 or n % 2000 = 0 then 'a needle ' else 'hay ' end || n`,
  )
  const seen: FoundMessage[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof search>> = await search(admin, 'needl', {
      ...{ limit: 6, kinds: 'messages', ...(cursor && { cursor }) },
    })
    seen.push(...page.messages.items)
    cursor = page.messages.nextCursor
  } while (cursor)

  const long = Array.from({ length: 11 }, (_, index) => 22_000 - index * 2_000)
  const first = Array.from({ length: 40 }, (_, index) => 40 - index)
  expect(seen.map(({ seq }) => seq)).toEqual([...long, ...first])
  expect((await search(admin, 'hay', { limit: 100 })).messages.items).toHaveLength(100)
  // Two words, of which the unfinished one is everywhere: walked on to, and by the index of the other.
  expect(await seqs(admin, 'needle a', 11)).toEqual(long)
  expect(await seqs(admin, '9999 ha', 5)).toEqual([9_999])
})

test('a page is filled from beyond the newest where a few of them are near', async ({
  stack,
  admin,
}) => {
  await givenHaystack(
    { stack, admin },
    sql`case when n % 1000 = 0 then 'É Needles ' else 'hay É ' end || n`,
  )
  const all = Array.from({ length: 22 }, (_, index) => 22_000 - index * 1_000)
  for (const q of ['needle', 'é need']) expect(await seqs(admin, q, 20)).toEqual(all.slice(0, 20))
  expect(await seqs(admin, 'needle', 40)).toEqual(all)
})
