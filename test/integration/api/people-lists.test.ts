import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { groupEndpoints } from '@partyline/contracts/api/groups'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { noLimits } from '@partyline/contracts/send-limits'
import { unreachableAddresses } from '@partyline/db/schema/unreachable'
import { expect } from 'vitest'
import { textIn } from '../../support/text-in.ts'
import type { Client } from './client.ts'
import { listMessages } from './message-steps.ts'
import { makeGroup, makeLine, makeMember, runApi, test } from './running-api.ts'

const phoneOf = (index: number) => `+1206555${String(index).padStart(4, '0')}`
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `P${index}`, phone: phoneOf(index) }))

const importInto = (client: Client, id: string, given: object) =>
  client.call(groupEndpoints.importMembers, { id }, given)

test('A16 A26: a list of people joins at once, each row with its verdict, told in one text', async ({
  admin,
}) => {
  const group = await makeGroup(admin)
  await makeMember(admin, group.id, 'Zoe', '+12065550101')
  const members = [
    { name: 'Ana', phone: '(206) 555-0111' },
    { name: 'Ben', phone: '206.555.0112' },
    { name: 'Eva', phone: '+1 206 555 0113' },
    { name: 'Zoe', phone: '206 555 0101' },
    { name: 'Ana again', phone: '1-206-555-0111' },
    { name: 'Nobody', phone: 'lunch' },
    { name: '', phone: '+12065550115' },
    { name: 'We', phone: group.lineAddress },
    { name: 'Far', phone: 'messenger:123' },
    { name: 'Lost', phone: '' },
  ]
  const foreseen = await importInto(admin, group.id, { members, preview: true })
  expect((await admin.call(groupEndpoints.get, { id: group.id })).memberCount).toBe(1)
  const done = await importInto(admin, group.id, { members })

  expect(done.rows.map(({ verdict }) => verdict)).toEqual([
    ...['added', 'added', 'added', 'already_member', 'repeated', 'invalid_phone'],
    ...['no_name', 'own_line', 'wrong_channel', 'no_phone'],
  ])
  expect([4, 9].map((row) => done.rows[row]?.reason)).toEqual([
    'The same number as “Ana” in this list.',
    'There is no number.',
  ])
  expect(foreseen).toEqual(done)
  expect(done.rows[0]).toMatchObject({ address: '+12065550111', displayAddress: '(206) 555-0111' })
  expect((await listMessages(admin, group.id)).map(({ body }) => body)).toContain(
    'Ana, Ben and Eva have joined the group',
  )
  const again = await importInto(admin, group.id, { members })
  expect([again.added, again.rows[0]?.verdict]).toEqual([0, 'already_member'])
  expect(await listMessages(admin, group.id)).toHaveLength(2)
})

test('2,000 people join in one request, are counted, found, and taken out again', async ({
  stack: { db },
  admin,
}) => {
  const group = await makeGroup(admin)
  const { added } = await importInto(admin, group.id, { members: many(2000), announce: 'summary' })
  await db.insert(unreachableAddresses).values({ address: phoneOf(7), errorCode: 30006 })
  await textIn(db, { From: phoneOf(8), To: group.lineAddress, Body: 'STOP' })
  const id = group.id
  const first = await admin.call(groupEndpoints.members, { id }, { limit: 100 })
  const found = await admin.call(groupEndpoints.members, { id }, { q: '555-1234' })
  const dead = await admin.call(groupEndpoints.members, { id }, { state: 'unreachable' })

  expect(added).toBe(2000)
  expect(first.counts).toEqual({ active: 1998, optedOut: 1, unreachable: 1 })
  expect(found.items.map(({ name }) => name)).toEqual(['P1234'])
  expect(dead.items.map(({ name }) => name)).toEqual(['P7'])
  const messages = await admin.call(messageEndpoints.list, { id })
  expect(messages.items.map(({ body }) => body)).toContain(
    'P0, P1 and 1998 others have joined the group',
  )

  const memberIds = first.items.slice(0, 2).map((member) => member.id)
  const remove = () => admin.call(groupEndpoints.removeMembers, { id }, { memberIds })
  expect((await remove()).removed.toSorted()).toEqual(memberIds.toSorted())
  expect((await remove()).removed).toEqual([])
  expect((await admin.call(messageEndpoints.list, { id })).items[0]?.body).toBe(
    'P0 and P1 have left the group',
  )
})

test('more than a few are not announced one by one, and a full group takes those who fit', async ({
  stack,
  admin,
}) => {
  const group = await makeGroup(admin)
  const each = { members: many(11), announce: 'each' }
  expect((await admin.try(groupEndpoints.importMembers, { id: group.id }, each)).code).toBe(
    'invalid_request',
  )
  await using small = runApi(stack, { limits: { ...noLimits, groupSize: 3 } })
  await small.api.start()
  const { rows } = await importInto(admin.at(small.http), group.id, { members: many(5) })

  expect(rows.map(({ verdict }) => verdict)).toEqual([
    ...['added', 'added', 'added', 'group_full', 'group_full'],
  ])
})

test('contacts come from a list, which may come again, and go out as a file without formulas', async ({
  admin,
  ana,
}) => {
  await makeLine(admin)
  const give = (client: Client, contacts: object[], preview = false) =>
    client.call(contactEndpoints.import, {}, { contacts, preview })
  const list = [
    { name: 'Ann', phone: '(206) 555-0101' },
    { name: '=HYPERLINK("evil")', phone: '206 555 0102' },
    { name: '', phone: '206 555 0103' },
    { name: 'X', phone: 'none' },
    { name: 'Y', phone: '206-555-0103' },
  ]
  expect(await give(admin, list, true)).toMatchObject({ created: 3, renamed: 0 })
  expect((await admin.call(contactEndpoints.list)).items).toEqual([])
  await give(admin, list)
  const again = await give(admin, [{ name: 'Anna', phone: '+12065550101' }, ...list.slice(1)])
  expect(again.rows.map(({ verdict, nameBefore }) => [verdict, nameBefore])).toEqual([
    ['renamed', 'Ann'],
    ['unchanged', '=HYPERLINK("evil")'],
    ['unchanged', null],
    ['invalid_phone', null],
    ['repeated', null],
  ])
  expect(again.rows[4]?.reason).toBe('This number is in the list twice.')
  await ana.call(
    contactEndpoints.create,
    {},
    { name: 'Secret', phone: '+12065550109', private: true },
  )
  const theirs = await give(admin, [{ name: 'Mine', phone: '+12065550109' }])
  expect(theirs.rows.map(({ verdict }) => verdict)).toEqual(['not_yours'])

  const csv = (await admin.get('/api/contacts/export')).text
  expect(csv).toContain('"\'=HYPERLINK(""evil"")"')
  expect(csv.split('\r\n')).toHaveLength(5)
  expect(csv).not.toContain('Secret')
  const json: unknown = JSON.parse((await ana.get('/api/contacts/export?format=json')).text)
  expect(json).toMatchObject([{ name: 'Secret' }])
})

test('contacts are filtered: who opted out, who cannot be reached, who has no name', async ({
  stack: { db },
  admin,
}) => {
  const line = await makeLine(admin)
  const text = (From: string, Body: string) => textIn(db, { From, To: line.address, Body })
  await text('+12065550101', 'Hi')
  await text('+12065550102', 'STOP')
  await admin.call(contactEndpoints.create, {}, { name: 'Ann', phone: '+12065550103' })
  await db.insert(unreachableAddresses).values({ address: '+12065550103', errorCode: 30006 })
  const asked = async (query: object) =>
    (await admin.call(contactEndpoints.list, {}, query)).items.map(({ addresses }) =>
      addresses[0]?.address.slice(-1),
    )

  expect(await asked({ filter: 'opted_out' })).toEqual(['2'])
  expect(await asked({ filter: 'unreachable' })).toEqual(['3'])
  expect(await asked({ filter: 'unnamed' })).toEqual(['2', '1'])
  expect(await asked({ sort: 'newest' })).toEqual(['3', '2', '1'])
  expect(await asked({ q: '555-0102' })).toEqual(['2'])
})

test('a renamed contact is renamed in the groups that knew them so, and keeps other names there', async ({
  admin,
}) => {
  const group = await makeGroup(admin)
  const other = await makeGroup(admin, { address: '+15550100098', name: 'Choir' })
  const here = await makeMember(admin, group.id, 'John', '+12065550101')
  await makeMember(admin, other.id, 'Johnny', '+12065550101')
  await admin.call(contactEndpoints.change, { id: here.contactId ?? '' }, { name: 'John Doe' })
  const names = async (id: string) =>
    (await admin.call(groupEndpoints.members, { id })).items.map(({ name }) => name)

  expect([await names(group.id), await names(other.id)]).toEqual([['John Doe'], ['Johnny']])
})
