import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { groupEndpoints } from '@partyline/contracts/api/groups'
import { lineEndpoints } from '@partyline/contracts/api/lines'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { makeGroup, makeLine, test } from './running-api.ts'

test('A6: each group has a line of its own, and its line is put in group mode', async ({
  admin,
}) => {
  const first = await makeGroup(admin)
  const second = await makeGroup(admin, { address: '+15550100098', name: 'Choir' })
  const taken = await admin.try(groupEndpoints.create, {}, { name: 'X', lineId: first.lineId })
  const line = (await admin.call(lineEndpoints.list)).items.find(({ id }) => id === second.lineId)
  const backToInbox = await admin.try(lineEndpoints.change, { id: first.lineId }, { mode: 'inbox' })

  expect([taken.status, taken.code]).toEqual([409, 'already_exists'])
  expect(line).toMatchObject({ mode: 'group', autoReply: 'Message received.' })
  expect([backToInbox.status, backToInbox.code]).toEqual([409, 'line_in_use'])
  expect((await admin.call(groupEndpoints.list)).items).toHaveLength(2)
})

test('A6: a group on a new number makes its line with it, and leaves none behind where it fails', async ({
  stack,
  admin,
}) => {
  const lines = async () => (await admin.call(lineEndpoints.list)).items
  const create = (given: object) => admin.try(groupEndpoints.create, {}, given)
  await stack.db.execute(sql`
    create function refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end'
  `)
  await stack.db.execute(
    sql`create trigger refuse before insert on groups execute function refuse()`,
  )
  expect((await create({ name: 'Choir', address: '(555) 010-0098' })).status).toBe(500)
  expect(await lines()).toEqual([])

  await stack.db.execute(sql`drop trigger refuse on groups`)
  const made = await create({ name: 'Choir', address: '(555) 010-0098' })
  expect(made).toMatchObject({ status: 201 })
  expect(await lines()).toMatchObject([
    { address: '+15550100098', name: 'Choir', mode: 'group', autoReply: 'Message received.' },
  ])
  const [line] = await lines()
  const neither = await create({ name: 'X' })
  const both = await create({ name: 'X', lineId: line?.id, address: '+15550100097' })
  expect([neither.message, both.message]).toEqual(
    Array(2).fill('Give the group either a lineId or an address.'),
  )
  expect((await create({ name: 'X', address: 'hello' })).code).toBe('invalid_phone')
})

test('renaming a group is for administrators, by either door', async ({ admin, ana }) => {
  const { id } = await makeGroup(admin)
  const byGroup = await ana.try(groupEndpoints.change, { id }, { name: 'Mine' })
  const byConversation = await ana.try(conversationEndpoints.change, { id }, { name: 'Mine' })
  await admin.call(conversationEndpoints.change, { id }, { name: 'Ours' })

  expect([byGroup.status, byConversation.status]).toEqual([403, 403])
  expect((await ana.call(groupEndpoints.get, { id })).name).toBe('Ours')
})

test('A6: a line is known by its address in any spelling, and there is one of each', async ({
  admin,
}) => {
  const line = await makeLine(admin, { address: '(555) 010-0001', mode: 'group' })
  const again = await admin.try(lineEndpoints.create, {}, { address: '+15550100001', name: 'X' })
  const whatsapp = await makeLine(admin, { address: '+15550100001', channel: 'whatsapp' })
  const service = await makeLine(admin, { address: `MG${'0a'.repeat(16)}`, name: 'Pool' })

  expect(line).toMatchObject({ address: '+15550100001', channel: 'sms' })
  expect(line.autoReply).toBe('Message received.')
  expect(again.code).toBe('already_exists')
  expect(whatsapp).toMatchObject({ address: 'whatsapp:+15550100001', autoReply: null })
  expect(service).toMatchObject({ channel: 'sms', displayAddress: service.address })
})

test('a line whose group is deleted is an inbox again, and can be a group once more', async ({
  admin,
  ana,
}) => {
  const { id, lineId } = await makeGroup(admin)
  expect((await ana.try(conversationEndpoints.remove, { id })).status).toBe(403)
  await admin.call(conversationEndpoints.remove, { id })
  const line = (await admin.call(lineEndpoints.list)).items.find((one) => one.id === lineId)

  expect(line).toMatchObject({ mode: 'inbox', autoReply: null })
  expect((await admin.try(groupEndpoints.create, {}, { name: 'Again', lineId })).status).toBe(201)
})
