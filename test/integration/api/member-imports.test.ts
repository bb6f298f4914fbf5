import { randomUUID } from 'node:crypto'
import { auditEndpoints } from '@partyline/contracts/api/audit'
import { contactImportEndpoints } from '@partyline/contracts/api/contact-imports'
import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { groupEndpoints } from '@partyline/contracts/api/groups'
import { memberImportEndpoints } from '@partyline/contracts/api/member-imports'
import { expect } from 'vitest'
import { textIn } from '../../support/text-in.ts'
import type { Client } from './client.ts'
import { listMessages, recipientsOf, sendMessage } from './message-steps.ts'
import { makeGroup, makeLine, makeMember, test } from './running-api.ts'

const phoneOf = (name: string) => `+120655501${name.charCodeAt(0)}`
const people = (...names: string[]) => names.map((name) => ({ name, phone: phoneOf(name) }))

const give = (client: Client, id: string, given: object) =>
  client.call(groupEndpoints.importMembers, { id }, given)
const membersOf = async (client: Client, id: string) =>
  (await client.call(groupEndpoints.members, { id })).items

test('a list of members is undone for those who are as it brought them, by who brought it, once', async ({
  stack: { db },
  admin,
  ana,
}) => {
  const line = await makeLine(admin)
  const { id, lineAddress } = await makeGroup(admin)
  await makeMember(admin, id, 'Zoe', phoneOf('Zoe'))
  await admin.call(contactEndpoints.create, {}, { name: 'Dora', phone: phoneOf('Dora') })
  await textIn(db, { From: phoneOf('Eva'), To: line.address, Body: 'Who am I?' })
  const importId = randomUUID()
  const first = { importId, members: people('Ann', 'Ben', 'Cy') }
  await give(ana, id, first)
  await give(ana, id, first)
  await give(ana, id, { importId, members: people('Cy', 'Dora', 'Eva', 'Flo') })
  await admin.call(groupEndpoints.change, { id }, { paused: true })
  await textIn(db, { From: phoneOf('Ben'), To: lineAddress, Body: 'Hi all' })
  await textIn(db, { From: phoneOf('Flo'), To: line.address, Body: 'Hi you' })
  const cy = (await membersOf(ana, id)).find(({ name }) => name === 'Cy')?.contactId ?? ''
  await ana.call(contactEndpoints.change, { id: cy }, { name: 'Cyrus' })

  const undo = (client: Client) => client.try(memberImportEndpoints.undo, { id, importId })
  expect((await ana.call(memberImportEndpoints.list, { id })).items).toMatchObject([
    { id: importId, members: 4, staying: 2, contacts: 1, renamed: 1 },
  ])
  expect((await ana.call(contactImportEndpoints.list)).items).toEqual([])
  expect((await ana.try(contactImportEndpoints.undo, { id: importId })).code).toBe('not_found')
  expect((await undo(admin)).code).toBe('not_found')
  expect(await ana.call(memberImportEndpoints.undo, { id, importId })).toEqual({
    ...{ left: 4, stayed: 2, removed: 1, renamedBack: 1 },
  })

  expect((await membersOf(ana, id)).map(({ name }) => name)).toEqual(['Zoe', 'Ben', 'Cyrus'])
  const { items: contacts } = await ana.call(contactEndpoints.list, {}, { limit: 100 })
  expect(contacts.map(({ name }) => name ?? '–').sort()).toEqual([
    ...['Ben', 'Cyrus', 'Dora', 'Flo', 'Zoe', '–'],
  ])
  const [told] = await listMessages(ana, id)
  expect(told?.body).toBe('Ann, Dora and 2 others have left the group')
  expect(await recipientsOf(ana, told)).toEqual(['Zoe', 'Ben', 'Cy'].map(phoneOf).toSorted())
  expect((await ana.call(memberImportEndpoints.list, { id })).items).toEqual([])
  expect((await undo(ana)).code).toBe('not_found')
  const again = await ana.try(groupEndpoints.importMembers, { id }, first)
  expect(again.code).toBe('invalid_request')
  const { items } = await admin.call(auditEndpoints.list)
  expect(items.filter(({ action }) => action === 'member.removed')).toHaveLength(4)
  expect(items.find(({ action }) => action === 'contacts.import_undone')).toMatchObject({
    subject: importId,
    details: { groupId: id, left: 4, stayed: 2, removed: 1, renamedBack: 1 },
  })
})

test('whom the group has texted since a list brought them stays; who came silently goes silently', async ({
  admin,
  ana,
}) => {
  const { id } = await makeGroup(admin)
  const importId = randomUUID()
  const silently = { importId, announce: 'none' }
  await give(ana, id, { ...silently, members: people('Ann', 'Ben') })
  await sendMessage(ana, id, 'Lunch?', 'k1')
  await give(ana, id, { ...silently, members: people('Cy') })

  expect(await ana.call(memberImportEndpoints.undo, { id, importId })).toMatchObject({
    ...{ left: 1, stayed: 2, removed: 1 },
  })

  expect((await membersOf(ana, id)).map(({ name }) => name)).toEqual(['Ann', 'Ben'])
  expect((await listMessages(ana, id)).map(({ body }) => body)).toEqual(['Lunch?'])
})

test('whom no phone was told of goes silently, although the group announces by now', async ({
  admin,
  ana,
}) => {
  const { id } = await makeGroup(admin)
  await makeMember(admin, id, 'Zoe', phoneOf('Zoe'))
  const announcing = (announce: boolean) => admin.call(groupEndpoints.change, { id }, { announce })
  await announcing(false)
  const importId = randomUUID()
  await give(ana, id, { importId, announce: 'summary', members: people('Ann', 'Ben') })
  await announcing(true)
  await ana.call(memberImportEndpoints.undo, { id, importId })

  expect((await membersOf(ana, id)).map(({ name }) => name)).toEqual(['Zoe'])
  expect((await listMessages(ana, id)).map(({ body }) => body)).not.toContain(
    'Ann and Ben have left the group',
  )
})

test('a list belongs to one group, and is no list of contacts', async ({ admin, ana }) => {
  const { id } = await makeGroup(admin)
  const other = await makeGroup(admin, { address: '+15550100098', name: 'Choir' })
  const importId = randomUUID()
  await give(ana, id, { importId, members: people('Ann') })

  const elsewhere = { importId, members: people('Ben') }
  for (const asked of [
    ana.try(groupEndpoints.importMembers, { id: other.id }, elsewhere),
    ana.try(contactEndpoints.import, {}, { importId, contacts: people('Cy') }),
  ]) {
    expect((await asked).code).toBe('invalid_request')
  }
  const undone = await ana.try(memberImportEndpoints.undo, { id: other.id, importId })
  expect(undone.code).toBe('not_found')
  expect(await membersOf(ana, id)).toHaveLength(1)
})
