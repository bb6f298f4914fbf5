import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { groupEndpoints } from '@partyline/contracts/api/groups'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { expect } from 'vitest'
import { textIn } from '../../support/text-in.ts'
import type { Client } from './client.ts'
import { makeGroup, makeLine, makeMember, test } from './running-api.ts'

const line = '+15550100001'
const whatsapp = 'whatsapp:+15550100002'
const texts = '+12065550101'
const chats = 'whatsapp:+12065550199'

/** Somebody who is two: Mara by text and in a group, and a stranger on WhatsApp. */
async function givenTwice(admin: Client, db: Parameters<typeof textIn>[0]) {
  await makeLine(admin)
  await makeLine(admin, { address: whatsapp, channel: 'whatsapp', name: 'WhatsApp' })
  const group = await makeGroup(admin)
  const member = await makeMember(admin, group.id, 'Mara', texts)
  await textIn(db, { From: texts, To: line, Body: 'By text' })
  await textIn(db, { From: chats, To: whatsapp, Body: 'By WhatsApp' })
  const { items } = await admin.call(contactEndpoints.list)
  const stranger = items.find(({ name }) => name === null)
  return { group, mara: member.contactId ?? '', other: stranger?.id ?? '' }
}

const authors = async (admin: Client, contactId: string) => {
  const { conversations } = await admin.call(contactEndpoints.details, { id: contactId })
  const pages = await Promise.all(
    conversations.map(({ id }) => admin.call(messageEndpoints.list, { id })),
  )
  return pages.flatMap(({ items }) => items.map(({ body, author }) => [body, author.id])).toSorted()
}

test('two contacts that are one person become one, and are parted again as they were', async ({
  stack: { db },
  admin,
}) => {
  const { group, mara, other } = await givenTwice(admin, db)
  const { mergeId, contact } = await admin.call(
    contactEndpoints.merge,
    { id: mara },
    { contactId: other },
  )

  expect(contact.addresses.map(({ address }) => address)).toEqual([texts, chats])
  expect((await admin.try(contactEndpoints.get, { id: other })).status).toBe(404)
  expect(await authors(admin, mara)).toEqual([
    ['By WhatsApp', mara],
    ['By text', mara],
  ])
  await textIn(db, { From: chats, To: whatsapp, Body: 'Once more' })
  const merged = await admin.call(contactEndpoints.details, { id: mara })
  expect(merged.conversations.map(({ name }) => name)).toEqual(['Mara', 'Mara'])
  expect(merged.merges).toMatchObject([{ id: mergeId, by: 'Admin', undoneAt: null }])

  const { parted } = await admin.call(contactEndpoints.undoMerge, { id: mergeId })
  expect(parted).toMatchObject({ id: other, name: null, addresses: [{ address: chats }] })
  expect(await authors(admin, other)).toEqual([
    ['By WhatsApp', other],
    ['Once more', other],
  ])
  expect(await authors(admin, mara)).toEqual([['By text', mara]])
  const members = await admin.call(groupEndpoints.members, { id: group.id })
  expect(members.items).toMatchObject([{ contactId: mara }])
  expect((await admin.try(contactEndpoints.undoMerge, { id: mergeId })).code).toBe('already_exists')
})

test('who belonged to nobody belongs to nobody again once parted', async ({
  stack: { db },
  admin,
  ana,
}) => {
  const { other: id } = await givenTwice(admin, db)
  const hers = await ana.call(
    contactEndpoints.create,
    {},
    { name: 'Mara R.', phone: '+12065550103' },
  )
  const owner = async () => (await ana.call(contactEndpoints.get, { id })).ownerId
  expect(await owner()).toBeNull()

  const { mergeId } = await ana.call(contactEndpoints.merge, { id }, { contactId: hers.id })
  expect(await owner()).toBe(hers.ownerId)
  await ana.call(contactEndpoints.undoMerge, { id: mergeId })

  expect(await owner()).toBeNull()
})

test('both members of one group: both numbers stay in it, and each goes back to its own', async ({
  admin,
}) => {
  const group = await makeGroup(admin)
  const one = await makeMember(admin, group.id, 'Mara', texts)
  const two = await makeMember(admin, group.id, 'Mara R.', '+12065550102')
  const id = one.contactId ?? ''
  const { mergeId } = await admin.call(
    contactEndpoints.merge,
    { id },
    { contactId: two.contactId ?? '' },
  )
  const seats = async () =>
    (await admin.call(groupEndpoints.members, { id: group.id })).items.map(
      ({ name, contactId }) => [name, contactId],
    )

  expect(await seats()).toEqual([
    ['Mara', id],
    ['Mara R.', id],
  ])
  await admin.call(contactEndpoints.undoMerge, { id: mergeId })
  expect(await seats()).toEqual([
    ['Mara', id],
    ['Mara R.', two.contactId],
  ])
})

test('a merge of a merge is undone in either order', async ({ admin }) => {
  await makeLine(admin)
  const ids: string[] = []
  for (const last of [1, 2, 3]) {
    const body = { name: `Nr ${last}`, phone: `+1206555010${last}` }
    ids.push((await admin.call(contactEndpoints.create, {}, body)).id)
  }
  const [a = '', b = '', c = ''] = ids
  const first = await admin.call(contactEndpoints.merge, { id: b }, { contactId: c })
  const second = await admin.call(contactEndpoints.merge, { id: a }, { contactId: b })
  expect(second.contact.addresses).toHaveLength(3)

  await admin.call(contactEndpoints.undoMerge, { id: first.mergeId })
  await admin.call(contactEndpoints.undoMerge, { id: second.mergeId })
  for (const [place, id] of ids.entries()) {
    expect(await admin.call(contactEndpoints.get, { id })).toMatchObject({
      name: `Nr ${place + 1}`,
      addresses: [{ address: `+1206555010${place + 1}` }],
    })
  }
})

test('private contacts of different users are not merged, and nothing of them is told', async ({
  admin,
  ana,
  ben,
}) => {
  await makeLine(admin)
  const make = (client: Client, phone: string) =>
    client.call(contactEndpoints.create, {}, { name: 'Mara', phone, private: true })
  const hers = await make(ana, texts)
  const his = await make(ben, '+12065550102')
  const unseen = await ana.try(contactEndpoints.merge, { id: hers.id }, { contactId: his.id })
  const shared = await admin.call(
    contactEndpoints.create,
    {},
    { name: 'Mara', phone: '+12065550103' },
  )
  await ben.call(
    conversationEndpoints.create,
    {},
    {
      contactId: shared.id,
      visibility: 'private',
      lineId: (await makeLine(admin, { address: '+15550100003' })).id,
    },
  )
  const refused = await ana.try(contactEndpoints.merge, { id: hers.id }, { contactId: shared.id })

  expect(unseen.status).toBe(404)
  expect([refused.status, refused.code]).toEqual([403, 'not_allowed'])
  expect(refused.message).toContain('private conversation')
})

test('an address taken from a contact becomes a contact of its own, with what was said from it', async ({
  stack: { db },
  admin,
}) => {
  const { mara, other } = await givenTwice(admin, db)
  await admin.call(contactEndpoints.merge, { id: mara }, { contactId: other })
  const path = `/api/contacts/${mara}/addresses?address=${encodeURIComponent(chats)}`
  const answer = await admin.ask('DELETE', path)
  const { parted } = contactEndpoints.removeAddress.reply.parse(JSON.parse(answer.text))

  expect(parted).toMatchObject({ name: null, addresses: [{ address: chats }] })
  expect(await authors(admin, parted?.id ?? '')).toEqual([['By WhatsApp', parted?.id]])
  const { merges } = await admin.call(contactEndpoints.details, { id: mara })
  const late = await admin.try(contactEndpoints.undoMerge, { id: merges[0]?.id ?? '' })
  expect(late.message).toContain('nothing to part')
  const last = `/api/contacts/${mara}/addresses?address=${encodeURIComponent(texts)}`
  expect((await admin.ask('DELETE', last)).code).toBe('invalid_request')
})
