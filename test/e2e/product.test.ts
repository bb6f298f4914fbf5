import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { groupEndpoints } from '@partyline/contracts/api/groups'
import { lineEndpoints } from '@partyline/contracts/api/lines'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import type { ApiClient } from '@partyline/cli/demo/api-client'
import { sunset } from '@partyline/cli/demo/picture'
import { expect } from 'vitest'
import { runProduct } from '../support/run-product.ts'
import { startS3 } from '../support/s3.ts'
import { test } from '../support/stack.ts'

const line = '+12125550100'

async function makeGroup(api: ApiClient) {
  const { id: lineId } = await api.call(lineEndpoints.create, {
    body: { address: line, name: 'Conference', mode: 'group', autoReply: null },
  })
  return api.call(groupEndpoints.create, { body: { name: 'Conference', lineId } })
}
const join = (api: ApiClient, id: string, name: string, phone: string) =>
  api.call(groupEndpoints.addMember, { params: { id }, body: { name, phone } })
const messagesOf = async (api: ApiClient, id: string) =>
  (await api.call(messageEndpoints.list, { params: { id } })).items
const say = (api: ApiClient, id: string, body: string) =>
  api.call(messageEndpoints.send, { params: { id }, body: { body, clientKey: randomUUID() } })

test('A15–A20 A34 A36 A39: joining, texting, the admin’s answer and leaving reach the phones and the log', async ({
  stack,
}) => {
  await using product = await runProduct(stack)
  const api = await product.signIn()
  await product.phones.addLine(line, 'Conference')
  const ana = await product.phones.add('+13105550111', 'Ana')
  const ben = await product.phones.add('+17735550112', 'Ben')
  const { id } = await makeGroup(api)

  await join(api, id, 'Ana', '(310) 555-0111')
  const member = await join(api, id, 'Ben', '+1 773 555 0112')
  await expect
    .poll(ana.bodies)
    .toEqual(['Admin: Ana has joined the group', 'Admin: Ben has joined the group'])
  await expect.poll(ben.bodies).toEqual(['Admin: Ben has joined the group'])

  await ana.text(line, 'How about pizza after work?')
  await expect.poll(ben.bodies).toContain('Ana: How about pizza after work?')
  await say(api, id, 'Pizza it is')
  await expect.poll(ana.bodies).toContain('Admin: Pizza it is')
  await expect.poll(ben.bodies).toContain('Admin: Pizza it is')

  await api.call(groupEndpoints.removeMember, { params: { id, memberId: member.id } })
  await expect.poll(ana.bodies).toContain('Admin: Ben has left the group')
  expect(await ben.bodies()).not.toContain('Admin: Ben has left the group')

  const log = (await messagesOf(api, id)).toReversed()
  expect(log.map(({ author, body, kind }) => [kind, `${author.name}: ${body}`])).toEqual([
    ['announcement', 'Admin: Ana has joined the group'],
    ['announcement', 'Admin: Ben has joined the group'],
    ['text', 'Ana: How about pizza after work?'],
    ['text', 'Admin: Pizza it is'],
    ['announcement', 'Admin: Ben has left the group'],
  ])
  await expect
    .poll(async () => (await messagesOf(api, id))[1]?.deliveries)
    .toEqual({ total: 2, queued: 0, sent: 0, delivered: 2, failed: 0, unknown: 0 })
})

/** Where files are kept, as the environment says it. */
async function givenStore(kind: 'disk' | 's3', resources: AsyncDisposableStack) {
  if (kind === 'disk') return { MEDIA_STORE: kind }
  const { config } = resources.use(await startS3())
  return {
    MEDIA_STORE: kind,
    S3_ENDPOINT: config.endpoint,
    S3_BUCKET: config.bucket,
    S3_ACCESS_KEY_ID: config.accessKeyId,
    S3_SECRET_ACCESS_KEY: config.secretAccessKey,
  }
}

test.for(['disk', 's3'] as const)(
  'B3 B4: a picture that a member texts is kept on %s and reaches the others as a picture, and the log',
  async (kind, { stack }) => {
    await using resources = new AsyncDisposableStack()
    await using product = await runProduct(stack, { env: await givenStore(kind, resources) })
    const api = await product.signIn()
    await product.phones.addLine(line, 'Conference')
    const ana = await product.phones.add('+13105550111', 'Ana')
    const ben = await product.phones.add('+17735550112', 'Ben')
    const { id } = await makeGroup(api)
    await join(api, id, 'Ana', ana.address)
    await join(api, id, 'Ben', ben.address)
    const bytes = Buffer.from(sunset())

    await ana.text(line, 'Look!', [{ contentType: 'image/png', data: bytes.toString('base64') }])

    const withPicture = async () => (await ben.received()).find((text) => text.media.length > 0)
    await expect.poll(withPicture).toMatchObject({ body: 'Ana: Look!' })
    const picture = (await withPicture())?.media[0]
    const onPhone = await fetch(product.url + (picture?.url ?? ''))
    expect(Buffer.from(await onPhone.arrayBuffer()).equals(bytes)).toBe(true)
    await expect
      .poll(async () => (await messagesOf(api, id))[0]?.media)
      .toMatchObject([{ state: 'stored', contentType: 'image/png', sizeBytes: bytes.length }])
    expect(existsSync(path.join(stack.dataFolder, 'media'))).toBe(kind === 'disk')
  },
)

test('D11 D15 D16 D18 E7 E15 B44: an office writes first, the reply opens the same thread, the answer goes out', async ({
  stack,
}) => {
  await using product = await runProduct(stack)
  const api = await product.signIn()
  await product.phones.addLine(line, 'Front desk')
  const patient = await product.phones.add('+14155550131', 'Mara')
  const { id: lineId } = await api.call(lineEndpoints.create, {
    body: { address: line, name: 'Front desk' },
  })
  const opened = await api.call(conversationEndpoints.create, {
    body: { lineId, address: '(415) 555-0131' },
  })
  expect(opened).toMatchObject({ status: 'open', unread: 0, name: '(415) 555-0131' })

  await say(api, opened.id, 'Your appointment is on Monday at 9')
  await expect.poll(patient.bodies).toEqual(['Your appointment is on Monday at 9'])
  await patient.text(line, 'Can we make it 10?')
  await expect
    .poll(() => api.call(conversationEndpoints.get, { params: { id: opened.id } }))
    .toMatchObject({ unread: 1, lastMessage: { preview: 'Can we make it 10?' } })
  await say(api, opened.id, '10 is fine')

  await expect.poll(patient.bodies).toHaveLength(2)
  const { items } = await api.call(conversationEndpoints.list)
  expect(items).toHaveLength(1)
  const contacts = await api.call(contactEndpoints.list)
  expect(contacts.items).toMatchObject([{ addresses: [{ address: '+14155550131' }] }])
})

test('the data survives a restart, and what was queued meanwhile goes out', async ({ stack }) => {
  let id: string
  {
    await using product = await runProduct(stack)
    const api = await product.signIn()
    await product.phones.addLine(line, 'Conference')
    const ana = await product.phones.add('+13105550111', 'Ana')
    ;({ id } = await makeGroup(api))
    await join(api, id, 'Ana', '+13105550111')
    await expect.poll(ana.bodies).toHaveLength(1)
  }

  await using product = await runProduct(stack)
  const api = await product.signIn()

  expect((await messagesOf(api, id)).map((message) => message.body)).toEqual([
    'Ana has joined the group',
  ])
  await say(api, id, 'Still here')
  await expect.poll(async () => (await messagesOf(api, id))[0]?.deliveries.delivered).toBe(1)
})
