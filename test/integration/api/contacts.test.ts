import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { findOrCreateContact, findOrCreateDirect } from '@partyline/db/queries/find-or-create'
import { expect } from 'vitest'
import type { Client } from './client.ts'
import { makeLine, test } from './running-api.ts'

const make = (client: Client, given: object = {}) =>
  client.call(contactEndpoints.create, {}, { name: 'Ann', phone: '(206) 555-1212', ...given })

test('E5 E6 E7: a new contact is its maker’s, and has a conversation at once', async ({
  admin,
  ana,
  users,
}) => {
  const line = await makeLine(admin)
  const contact = await make(ana)
  const id = contact.conversationId ?? ''

  expect(contact).toMatchObject({
    ...{ name: 'Ann', ownerId: users.ana },
    addresses: [{ address: '+12065551212', displayAddress: '(206) 555-1212', channel: 'sms' }],
  })
  expect(await ana.call(conversationEndpoints.get, { id })).toMatchObject({
    ...{ name: 'Ann', visibility: 'shared', line: { id: line.id } },
    contact: { id: contact.id, name: 'Ann' },
  })
})

test('E7: the conversation of a saved contact is found, and stays out of the inbox and its counts until something is said or somebody comes to write', async ({
  admin,
}) => {
  const line = await makeLine(admin)
  const [ann, bob, cy] = await Promise.all(
    ['Ann', 'Bob', 'Cy'].map(async (name, n) =>
      make(admin, { name, phone: `(206) 555-000${n + 1}` }),
    ),
  )
  const names = async (query: object) =>
    (await admin.call(conversationEndpoints.list, {}, query)).items.map(({ name }) => name).sort()

  expect(await names({ status: 'open' })).toEqual(['Ann', 'Bob', 'Cy'])
  expect(await names({ q: 'Ann' })).toEqual(['Ann'])
  expect(await names({ status: 'open', begun: true })).toEqual([])
  expect(await admin.call(conversationEndpoints.counts)).toMatchObject({ open: 0, unassigned: 0 })

  const id = ann?.conversationId ?? ''
  await admin.call(messageEndpoints.send, { id }, { body: 'Hello', clientKey: 'k1' })
  const opened = { lineId: line.id, contactId: bob?.id ?? '' }
  await admin.call(conversationEndpoints.create, {}, opened)
  const cys = { id: cy?.conversationId ?? '' }
  expect((await admin.call(conversationEndpoints.get, cys)).begun).toBe(false)

  expect(await names({ status: 'open', begun: true })).toEqual(['Ann', 'Bob'])
  expect(await admin.call(conversationEndpoints.counts)).toMatchObject({ open: 2, unassigned: 2 })
  await admin.call(conversationEndpoints.change, cys, { assigneeId: ann?.ownerId ?? '' })
  expect(await names({ assignee: 'me', begun: true })).toEqual(['Cy'])
})

test('E7: without any line a contact is kept, and has no conversation yet', async ({ ana }) => {
  expect((await make(ana)).conversationId).toBeNull()
})

test('E5: a contact is listed by name, shown, renamed, given a new number, deleted', async ({
  admin,
}) => {
  await makeLine(admin)
  const { id } = await make(admin)
  await make(admin, { name: 'bob', phone: '+12065550002' })
  const listed = await admin.call(contactEndpoints.list)
  expect(listed.items.map(({ name }) => name)).toEqual(['Ann', 'bob'])

  await admin.call(contactEndpoints.change, { id }, { name: 'Zoe', phone: '206 555 0003' })
  const changed = await admin.call(contactEndpoints.get, { id })
  expect(changed).toMatchObject({ name: 'Zoe', addresses: [{ address: '+12065550003' }] })
  expect(
    await admin.call(conversationEndpoints.get, { id: changed.conversationId ?? '' }),
  ).toMatchObject({ name: 'Zoe', address: '+12065550003' })

  await admin.call(contactEndpoints.remove, { id })
  expect((await admin.try(contactEndpoints.get, { id })).status).toBe(404)
  expect((await admin.call(conversationEndpoints.list)).items.map(({ name }) => name)).toEqual([
    'bob',
  ])
})

test('E20: a number in any spelling is the same contact; one that is known is not made twice', async ({
  admin,
}) => {
  await makeLine(admin)
  await make(admin, { phone: '206-555-1212' })
  for (const phone of ['+12065551212', '1 (206) 555-1212', '206.555.1212']) {
    const answer = await admin.try(contactEndpoints.create, {}, { name: 'Other', phone })
    expect([answer.status, answer.code], phone).toEqual([409, 'already_exists'])
    expect(answer.message).toContain('Ann')
  }
  const bad = await admin.try(contactEndpoints.create, {}, { name: 'Other', phone: 'none' })
  expect([bad.status, bad.code]).toEqual([400, 'invalid_phone'])
})

test('E25: somebody who texted before anybody knew them is named by adding them', async ({
  stack,
  admin,
}) => {
  const line = await makeLine(admin)
  const address = '+12065551212'
  const { contactId } = await findOrCreateContact(stack.db, { address })
  const thread = await findOrCreateDirect(stack.db, { lineId: line.id, address, contactId })
  const contact = await make(admin)

  expect(contact).toMatchObject({
    id: contactId,
    name: 'Ann',
    conversationId: thread.conversationId,
  })
})

test('a new number that is another contact’s, or one of our lines, is refused and changes nothing', async ({
  admin,
}) => {
  const line = await makeLine(admin)
  const { id } = await make(admin)
  await make(admin, { name: 'Bob', phone: '+12065550002' })
  const change = (body: object) => admin.try(contactEndpoints.change, { id }, body)

  expect((await change({ name: 'Zoe', phone: '+12065550002' })).code).toBe('already_exists')
  expect((await change({ phone: line.address })).code).toBe('invalid_phone')
  expect(await admin.call(contactEndpoints.get, { id })).toMatchObject({ name: 'Ann' })
})

test('a conversation with a contact uses their address that fits the line', async ({ admin }) => {
  await makeLine(admin)
  const whatsapp = await makeLine(admin, { address: '+15550100002', channel: 'whatsapp' })
  const messenger = await makeLine(admin, { address: 'messenger:page1', name: 'Page' })
  const { id } = await make(admin)
  const opened = await admin.call(
    conversationEndpoints.create,
    {},
    { lineId: whatsapp.id, contactId: id },
  )
  const refused = await admin.try(
    conversationEndpoints.create,
    {},
    { lineId: messenger.id, contactId: id },
  )

  expect(opened).toMatchObject({ address: 'whatsapp:+12065551212', contact: { id } })
  expect((await admin.call(contactEndpoints.get, { id })).addresses).toHaveLength(2)
  expect([refused.status, refused.code]).toEqual([400, 'invalid_phone'])
})

test('those without a name come last, and the cursor walks through all of them once', async ({
  stack,
  admin,
}) => {
  const names = ['Zoe', 'ann', 'Ann', 'Ågot', '李', null, null]
  for (const [index, name] of names.entries()) {
    const address = `+1206555000${index}`
    await findOrCreateContact(stack.db, { address, ...(name && { name }) })
  }
  const seen: (string | null)[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const query: object = { limit: 2, ...(cursor && { cursor }) }
    const page: { items: { name: string | null }[]; nextCursor: string | null } = await admin.call(
      contactEndpoints.list,
      {},
      query,
    )
    seen.push(...page.items.map(({ name }) => name))
    cursor = page.nextCursor
  }

  expect(seen).toHaveLength(7)
  expect(new Set(seen)).toEqual(new Set(names))
  expect(seen.slice(-2)).toEqual([null, null])
})
