import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { labelEndpoints } from '@partyline/contracts/api/labels'
import { savedReplyEndpoints } from '@partyline/contracts/api/saved-replies'
import { expect } from 'vitest'
import type { Answer, Client } from './client.ts'
import { openConversation } from './conversation-steps.ts'
import { makeGroup, makeLine, makeMember, test } from './running-api.ts'

const nul = '\0'
const half = '\ud83d'
const uri = encodeURIComponent
const packed = (value: string) => Buffer.from(value).toString('base64url')

/** One of each thing that can be named in an address. */
async function makeThings(admin: Client) {
  const group = await makeGroup(admin)
  const line = await makeLine(admin)
  const { id } = await openConversation(admin, line.id, '+12065550001')
  const [contact] = (await admin.call(contactEndpoints.list)).items
  const label = await admin.call(labelEndpoints.create, {}, { name: 'Urgent', color: 'red' })
  const reply = await admin.call(savedReplyEndpoints.create, {}, { name: 'Hi', body: 'Hello' })
  return {
    conversation: `/api/conversations/${id}`,
    group: `/api/groups/${group.id}`,
    line: `/api/lines/${line.id}`,
    contact: `/api/contacts/${contact?.id ?? ''}`,
    label: `/api/labels/${label.id}`,
    reply: `/api/saved-replies/${reply.id}`,
  }
}

/** Refused with a sentence that names what is wrong; whoever reads it can mend it. */
function expectRefusal({ status, message, text }: Answer, asked: string, says: RegExp): void {
  expect(status, `${asked}: ${text}`).toBe(400)
  expect(message, asked).toMatch(says)
}

const unkept =
  /There is a character that cannot be kept \(U\+(0000|D83D)\) in “[\w.]+”\. Take it out/

test('S50: a character that Postgres cannot keep is refused wherever it is written', async ({
  admin,
}) => {
  const { conversation, group, line, contact, label, reply } = await makeThings(admin)
  const written: ['POST' | 'PATCH', string, (bad: string) => object][] = [
    ['POST', `${conversation}/messages`, (body) => ({ body, clientKey: 'a' })],
    ['POST', `${conversation}/messages`, (clientKey) => ({ body: 'Hi', clientKey })],
    ['POST', `${conversation}/notes`, (body) => ({ body, clientKey: 'b' })],
    ['POST', '/api/labels', (name) => ({ name, color: 'red' })],
    ['PATCH', label, (name) => ({ name })],
    ['POST', '/api/saved-replies', (name) => ({ name, body: 'Hello' })],
    ['PATCH', reply, (body) => ({ body })],
    ['PATCH', group, (adminName) => ({ adminName })],
    ['PATCH', line, (awayReply) => ({ awayReply })],
    ['PATCH', contact, (name) => ({ name })],
    ['PATCH', '/api/session', (name) => ({ name })],
    ['POST', '/api/tokens', (name) => ({ name })],
    ['POST', '/api/contacts/import', (name) => ({ contacts: [{ name, phone: '+12065550007' }] })],
    ['POST', `${group}/members/import`, (phone) => ({ members: [{ name: 'Ana', phone }] })],
  ]
  for (const [method, url, given] of written) {
    for (const bad of [`a${nul}b`, `a${half}b`]) {
      const body = given(bad)
      expectRefusal(await admin.ask(method, url, body), `${url} ${JSON.stringify(body)}`, unkept)
    }
  }
})

test('S50: nor is it looked for', async ({ admin, nobody }) => {
  const { group, contact } = await makeThings(admin)
  const asked = [
    ...['search', 'contacts', 'conversations'].map((list) => `/api/${list}?q=${uri(nul)}`),
    `${group}/members?q=a${uri(nul)}`,
  ]
  for (const url of asked) expectRefusal(await admin.get(url), url, unkept)
  const remove = [`${contact}/addresses?address=${uri(nul)}`, `/api/dead-letters/SM${uri(nul)}`]
  for (const url of remove) expectRefusal(await admin.ask('DELETE', url), url, unkept)
  const link = `/api/media/link/${uri(nul)}/a.png`
  expectRefusal(await nobody().get(link), link, unkept)
})

test('S50: what stands for something in patterns and word queries stands for itself', async ({
  admin,
}) => {
  const { group } = await makeThings(admin)
  for (const q of ['%', '\\', "'", '_'.repeat(100), '🎉', "a:*&|!()<->'", '+']) {
    for (const url of ['/api/search', '/api/contacts', '/api/conversations', `${group}/members`]) {
      const { status, text } = await admin.get(`${url}?q=${uri(q)}`)
      expect(status, `${url} ${q}: ${text}`).toBe(200)
    }
  }
  await makeMember(admin, group.slice('/api/groups/'.length), 'Ana', '+12065550002')
  expect(await admin.get(`${group}/members?q=An`)).toMatchObject({
    text: expect.stringContaining('"name":"Ana"') as string,
  })
  expect(await admin.get(`${group}/members?q=%25`)).toMatchObject({
    text: expect.stringContaining('"items":[]') as string,
  })
})

test('S50: times, places and time zones out of all bounds are refused', async ({ admin }) => {
  const { conversation, group } = await makeThings(admin)
  const span = (from: string, to: string) => `/api/statistics?from=${from}&to=${to}`
  const days = span('2026-01-01T00:00:00Z', '2026-01-03T00:00:00Z')
  for (const year of ['0000', '0001', '1969']) {
    const [from, to] = [`${year}-01-01T00:00:00Z`, `${year}-02-01T00:00:00Z`]
    expectRefusal(await admin.get(span(from, to)), from, /^from: give a time after 1970/)
    expectRefusal(await admin.get(`${conversation}/messages?at=${from}`), from, /^at: give a time/)
  }
  for (const zone of ['+05:00', '-0500', 'GMT+5', 'Etc/Unknown', nul]) {
    for (const url of [`${days}&timeZone=`, `${group}/activity?timeZone=`]) {
      expectRefusal(await admin.get(url + uri(zone)), url + zone, /such as Europe\/Berlin/)
    }
  }
  for (const place of ['1e300', '99999999999999999999', '-1', '0.5']) {
    for (const which of ['before', 'after', 'around']) {
      const url = `${conversation}/messages?${which}=${place}`
      expectRefusal(await admin.get(url), url, new RegExp(`^${which}: `))
    }
  }
  expect((await admin.get(`${conversation}/messages?around=9007199254740991`)).status).toBe(200)
})

test('S50: a cursor that is not ours is 400 on every new list', async ({ admin }) => {
  const { conversation, group } = await makeThings(admin)
  const id = conversation.split('/').at(-1)
  const forged = [
    ...['x', packed('["a","b"]'), packed('["\\u0000","\\u0000"]'), packed('{"length":2}')],
    ...[packed(`["99999999999999999999999","${id}"]`), packed(`["1e300","${id}"]`)],
    ...[packed('["99999999999999999999"]'), packed(`["0000-01-01T00:00:00Z","${id}"]`)],
  ]
  const lists = [
    ...['search?q=a', 'audit?', 'dead-letters?', 'conversations?waiting=true'],
    ...['deliveries?need=failed', 'deliveries?need=review', 'deliveries?need=unknown'],
    ...['conversations?status=snoozed', 'contacts?sort=newest', 'contacts?sort=name'],
  ].map((list) => `/api/${list}`)
  const said = await admin.ask('POST', `${conversation}/notes`, { body: 'Hi', clientKey: 'a' })
  const message = `/api/messages/${(JSON.parse(said.text) as { id: string }).id}`
  const ofOne = [`${group}/members?`, `${conversation}/messages?`, `${message}/deliveries?`]
  for (const url of [...lists, ...ofOne]) {
    const furthest = packed(`["9999999999999999","${id}"]`)
    expect((await admin.get(`${url}&cursor=${furthest}`)).status, url).toBeLessThan(500)
    for (const cursor of forged) {
      const asked = `${url}&cursor=${cursor}`
      expectRefusal(await admin.get(asked), asked, /Start at the first page/)
    }
  }
})

test('S50: what the contract does not know is refused, saying what it is', async ({ admin }) => {
  const { conversation, group, contact } = await makeThings(admin)
  const id = conversation.split('/').at(-1)
  const later = { snoozedUntil: '2999-01-01T00:00:00Z' }
  const refused: ['POST' | 'PATCH' | 'DELETE', string, object, RegExp][] = [
    ['PATCH', conversation, { addLabelIds: [id] }, /label does not exist any more/],
    ['PATCH', conversation, later, /later than now and within a year/],
    ['PATCH', conversation, { ...later, status: 'open' }, /not both/],
    ['POST', '/api/conversations/bulk', { ids: [] }, /^ids: /],
    ['POST', '/api/conversations/bulk', { ids: Array(501).fill(id) }, /^ids: .*500/],
    ['POST', '/api/conversations', { lineId: id }, /lineId|address|userIds/],
    ['POST', '/api/contacts/import', { contacts: [] }, /^contacts: /],
    ['POST', `${contact}/merge`, { contactId: contact.split('/').at(-1) }, /same contact/],
    ['POST', `${contact}/addresses`, { phone: 'messenger:' }, /not a phone number/],
    ['POST', `${group}/members/import`, { members: [{}] }, /^members\.0\.name: /],
    ['POST', '/api/labels', { name: 'x', color: 'javascript:' }, /^color: /],
    ['POST', '/api/webhook-log/replay', { messageSid: 'SM1' }, /not a Message SID/],
  ]
  for (const [method, url, body, says] of refused) {
    expectRefusal(await admin.ask(method, url, body), `${method} ${url}`, says)
  }
})

test('S50: a file may be called anything', async ({ admin }) => {
  const picture = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=', 'base64')
  for (const name of ['%E0%A4%A', uri('a\r\nb"c/../d'), uri('x'.repeat(200) + '🎉.png'), '%00']) {
    const headers = { 'content-type': 'image/gif', 'x-file-name': name }
    const { status, text } = await admin.ask(
      'POST',
      '/api/media',
      picture.toString('latin1'),
      headers,
    )
    expect(status, `${name}: ${text}`).toBe(201)
    const { id } = JSON.parse(text) as { id: string }
    expect((await admin.get(`/api/media/${id}`)).status).toBe(200)
  }
})
