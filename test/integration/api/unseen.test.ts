import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import type { Endpoint } from '@partyline/contracts/http'
import { expect } from 'vitest'
import { allEndpoints } from './all-endpoints.ts'
import type { Client } from './client.ts'
import { openConversation } from './conversation-steps.ts'
import { makePrivate, makeStaffRoom } from './private-things.ts'
import { test } from './running-api.ts'

/** What an endpoint must be given to get as far as to look whose it is. */
const given: Record<string, object> = {
  'POST /api/conversations/:id/messages': { body: 'Hello', clientKey: 'k2' },
  'POST /api/conversations/:id/notes': { body: 'Hello', clientKey: 'k2' },
  'PATCH /api/conversations/:id': { read: true },
  'PATCH /api/contacts/:id': { name: 'X' },
  'POST /api/contacts/:id/addresses': { phone: '+12065559999' },
  'DELETE /api/contacts/:id/addresses': {},
  'POST /api/contacts/:id/merge': {},
}
/** Those that are of one conversation, by what their address begins with. */
const owned = [
  'conversations',
  'messages',
  'deliveries',
  'scheduled',
  'contacts',
  'contact-merges',
  'contact-imports',
]

/** Those that are everybody's, an administrator's, or found by who asks. */
const others = [
  'account',
  'dead-letters',
  'groups',
  'labels',
  'lines',
  'saved-replies',
  'sessions',
  'tokens',
  'users',
]

const kindOf = ({ path }: Endpoint) => /^\/api\/([a-z-]+)\/(?:[a-z-]+\/)?:/.exec(path)?.[1]
const ofOne = allEndpoints.flatMap((endpoint) => {
  const kind = kindOf(endpoint)
  return kind !== undefined && owned.includes(kind) ? [{ endpoint, kind }] : []
})

/** Who asks everything about things that are not theirs, by kind; what was not answered with 404. */
async function unrefused(client: Client, ids: Record<string, string>, extra: object) {
  const answers = ofOne.map(async ({ endpoint, kind }) => {
    const id = ids[kind]
    if (id === undefined) return []
    const asked = `${endpoint.method} ${endpoint.path}`
    const query = asked.startsWith('DELETE') && asked.endsWith('addresses') ? '?address=x' : ''
    const body = asked.endsWith('merge') ? extra : given[asked]
    const { status } = await client.ask(
      endpoint.method,
      endpoint.path.replace(':id', id) + query,
      body,
    )
    return status === 404 ? [] : [`${asked} ${status}`]
  })
  return (await Promise.all(answers)).flat()
}

test('E10 S21 S22: every endpoint about one conversation is 404 to whom it is not, administrators too', async ({
  stack,
  admin,
  ana,
  ben,
}) => {
  const secret = await makePrivate(stack, admin, ana)
  const staff = await makeStaffRoom(ana)
  const bens = await ben.call(contactEndpoints.create, {}, { name: 'Bo', phone: '+12065550001' })
  const ids = {
    conversations: secret.id,
    messages: secret.message.id,
    deliveries: secret.deliveryId,
    scheduled: secret.scheduled.id,
    contacts: secret.contact.id,
    'contact-merges': secret.mergeId,
    'contact-imports': secret.importId,
  }
  const files = [
    `/api/media/${secret.media.id}`,
    `/api/conversations/${secret.id}/transcript`,
    `/api/conversations/${staff.id}/transcript?format=json`,
    `/api/messages/${secret.message.id}/passport?delivery=${secret.deliveryId}`,
  ]
  const kinds = allEndpoints.flatMap((endpoint) => kindOf(endpoint) ?? [])
  expect(new Set(kinds)).toEqual(new Set([...owned, ...others]))
  for (const other of [ben, admin]) {
    expect(await unrefused(other, ids, { contactId: bens.id })).toEqual([])
    expect(
      await unrefused(other, { conversations: staff.id, messages: staff.message.id }, {}),
    ).toEqual([])
    for (const url of files) expect([url, (await other.get(url)).status]).toEqual([url, 404])
  }
  for (const url of files) expect([url, (await ana.get(url)).status]).toEqual([url, 200])
  const still = await ana.call(conversationEndpoints.get, { id: secret.id })
  expect(still).toMatchObject({ status: 'open', name: 'Secret Sam', visibility: 'private' })
  expect((await ana.call(messageEndpoints.retry, { id: secret.deliveryId })).status).toBe('queued')
})

test('E10 S22: nor is it reached by naming it in what is sent', async ({
  stack,
  admin,
  ana,
  ben,
}) => {
  const { id, contact, line, message } = await makePrivate(stack, admin, ana)
  const bens = await openConversation(ben, line.id, '+12065550001')
  const many = { ids: [id], status: 'closed' }
  expect(await ben.call(conversationEndpoints.changeMany, {}, many)).toEqual({
    changed: 0,
    refused: [{ id, reason: 'There is no such conversation.' }],
  })
  const contactId = contact.id
  const opening = { lineId: line.id, contactId }
  const held = { cause: 'send_cap', messageId: message.id }
  const refused = [
    await ben.try(contactEndpoints.merge, { id: bens.contact?.id ?? '' }, { contactId }),
    await ben.try(conversationEndpoints.create, {}, opening),
    await ben.try(messageEndpoints.retryHeld, {}, held),
  ]
  expect(refused.map(({ status }) => status)).toEqual([404, 404, 404])
})

/** What a list must be asked with. */
const queries: Record<string, string> = {
  '/api/deliveries': 'need=failed',
  '/api/search': 'q=secret',
  '/api/statistics': 'from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z',
}
const lists = allEndpoints.filter(
  ({ method, path }: Endpoint) => method === 'GET' && !path.includes(':'),
)

test('E9 E10 S21: no list, count, search or file shows it to anybody else', async ({
  stack,
  admin,
  ana,
  ben,
}) => {
  const { cursor } = JSON.parse((await ben.get('/api/feed')).text) as { cursor: string }
  const { id } = await makePrivate(stack, admin, ana)
  await makeStaffRoom(ana)
  const urls = [
    ...lists.map(({ path }) => `${path}?${queries[path] ?? ''}`),
    ...['search', 'conversations', 'contacts'].flatMap((list) =>
      ['psst', 'Sam', '2065551212'].map((q) => `/api/${list}?q=${q}`),
    ),
    ...['csv', 'json'].map((format) => `/api/contacts/export?format=${format}`),
    `/api/feed?after=${cursor}`,
  ]
  const telling = /psst|Secret S|206.{0,2}555.1212/
  const showing = async (client: Client) => {
    const shown: string[] = []
    for (const url of urls) {
      const { status, text } = await client.get(url)
      if (client !== ben || status !== 403) expect([url, status]).toEqual([url, 200])
      if (telling.test(text) || text.includes(id)) shown.push(url)
    }
    return shown
  }
  expect(await showing(ben)).toEqual([])
  expect(await showing(admin)).toEqual([])
  const counts = JSON.parse((await ben.get('/api/conversations/counts')).text) as object
  expect(Object.values(counts)).toEqual(Object.values(counts).map(() => 0))
  const own = urls.filter((url) =>
    /feed\?a|search\?q=\w|export|attention|deliveries|ations\?q=[S2]|contacts\?q=[S2]/.test(url),
  )
  const ownShown = async () => {
    const shown: string[] = []
    for (const url of own) if (telling.test((await ana.get(url)).text)) shown.push(url)
    return shown
  }
  await expect.poll(ownShown).toEqual(own)
})
