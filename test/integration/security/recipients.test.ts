import { auditEndpoints } from '@partyline/contracts/api/audit'
import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { groupEndpoints } from '@partyline/contracts/api/groups'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { noLimits, type SendLimits } from '@partyline/contracts/send-limits'
import { deliveries } from '@partyline/db/schema/deliveries'
import { messages } from '@partyline/db/schema/messages'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenDirect, givenGroup, givenLine } from '../../support/given.ts'
import { runLine } from '../../support/run-line.ts'
import type { Stack } from '../../support/stack.ts'
import type { Client } from '../api/client.ts'
import { runApi, test } from '../api/running-api.ts'

const members = { '+14155550101': 'Ana', '+14155550102': 'Ben', '+14155550103': 'Eva' }
const british = '+447400123456'

let keys = 0
const send = (client: Client, id: string, given: object) =>
  client.try(messageEndpoints.send, { id }, { clientKey: `key ${(keys += 1)}`, ...given })

async function withLimits(stack: Stack, limits: Partial<SendLimits>) {
  const running = runApi(stack, { limits: { ...noLimits, ...limits } })
  await running.api.start()
  return running
}

test('S42: numbers of countries that are not allowed are refused by every door, in words', async ({
  stack,
  admin,
}) => {
  const line = await givenLine(stack.db, { address: '+15558675311' })
  const { conversationId } = await givenGroup(stack.db, { address: '+15558675310', members })
  const old = await givenDirect(stack.db, { lineId: line.id, address: british })
  const known = await givenDirect(stack.db, { lineId: line.id, address: '+14155550101' })
  await using api = await withLimits(stack, { countries: ['US', 'CA'] })
  const client = admin.at(api.http)

  const phone = '+44 7400 654321'
  const answers = await Promise.all([
    client.try(contactEndpoints.create, {}, { name: 'Liz', phone }),
    client.try(contactEndpoints.change, { id: known.contactId }, { phone }),
    client.try(conversationEndpoints.create, {}, { lineId: line.id, address: phone }),
    client.try(groupEndpoints.addMember, { id: conversationId }, { name: 'Liz', phone }),
    send(client, old.conversationId, { body: 'Hello' }),
  ])

  for (const { status, code, message } of answers) {
    expect([status, code]).toEqual([422, 'country_not_allowed'])
    expect(message).toBe(
      'Texts may go to United States or Canada, and this number belongs elsewhere. To text it, ask an administrator to allow its country: the list is in Settings under Connection.',
    )
  }
  expect((await send(client, known.conversationId, { body: 'Hello' })).status).toBe(202)
})

test('S42: whoever texts from a country that is not allowed is heard, and not answered by machine', async ({
  stack,
}) => {
  const address = '+15558675310'
  await givenLine(stack.db, { address, autoReply: 'Thank you.' })
  await using running = await runLine(stack, { limits: { countries: ['US'] } })
  running.simulator.addNumber({ address, name: 'Line' })

  await running.simulator.text({ from: british, to: address, body: 'Hello' })

  await expect
    .poll(() => stack.db.select().from(deliveries))
    .toMatchObject([
      { address: british, state: 'failed', cause: 'country_not_allowed', twilioSid: null },
    ])
  expect(await stack.db.select().from(messages).orderBy(messages.seq)).toMatchObject([
    { body: 'Hello', direction: 'inbound' },
    { body: 'Thank you.', direction: 'outbound' },
  ])
})

const repeat = { recipients: 3, minutes: 5 }

test('S42: the same text to the same many goes out again only when that is confirmed', async ({
  stack,
  admin,
}) => {
  const { conversationId: id } = await givenGroup(stack.db, { address: '+15558675310', members })
  await using api = await withLimits(stack, { repeat })
  const client = admin.at(api.http)
  expect((await send(client, id, { body: 'Fire drill at ten' })).status).toBe(202)

  const again = await send(client, id, { body: 'Fire drill at ten' })

  expect([again.status, again.code]).toEqual([409, 'repeat_unconfirmed'])
  expect(again.message).toContain('within the last 5 minutes')
  expect((await send(client, id, { body: 'Fire drill at eleven' })).status).toBe(202)
  const confirmed = await send(client, id, { body: 'Fire drill at ten', confirm: true })
  expect(confirmed.status).toBe(202)
  const { items } = await client.call(auditEndpoints.list, {}, { action: 'message.repeated' })
  expect(items).toMatchObject([{ user: { name: 'Admin' }, subject: id, details: {} }])
})

test('S42: of the same text twice at once, one goes', async ({ stack, admin, ben }) => {
  const { conversationId: id } = await givenGroup(stack.db, { address: '+15558675310', members })
  await using api = await withLimits(stack, { repeat })

  const answers = await Promise.all(
    [admin, ben].map((one) => send(one.at(api.http), id, { body: 'Fire drill at ten' })),
  )

  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409])
})

test('S42: the same text later, or to few, is asked about by nobody', async ({ stack, admin }) => {
  const { conversationId: id } = await givenGroup(stack.db, { address: '+15558675310', members })
  const line = await givenLine(stack.db, { address: '+15558675311' })
  const direct = await givenDirect(stack.db, { lineId: line.id, address: '+14155550101' })
  await using api = await withLimits(stack, { repeat })
  const client = admin.at(api.http)
  const statuses: number[] = []
  for (const to of [direct.conversationId, direct.conversationId, id]) {
    statuses.push((await send(client, to, { body: 'Yes' })).status)
  }
  await stack.db.update(messages).set({ createdAt: sql`created_at - interval '6 minutes'` })
  statuses.push((await send(client, id, { body: 'Yes' })).status)

  expect(statuses).toEqual([202, 202, 202, 202])
})

test('S42: a request that is made again with its key is the same text, not a repeat', async ({
  stack,
  admin,
}) => {
  const { conversationId: id } = await givenGroup(stack.db, { address: '+15558675310', members })
  await using api = await withLimits(stack, { repeat, perUser: 3 })
  const client = admin.at(api.http)
  const text = { body: 'Fire drill at ten', clientKey: 'once' }

  expect((await send(client, id, text)).status).toBe(202)
  expect((await send(client, id, text)).status).toBe(202)
  expect(await stack.db.$count(messages)).toBe(1)
})
