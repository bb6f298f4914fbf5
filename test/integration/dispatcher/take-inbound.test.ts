import { noLimits } from '@partyline/contracts/send-limits'
import type { Db } from '@partyline/db/client'
import { insertInbox } from '@partyline/db/queries/inbox'
import { conversations } from '@partyline/db/schema/conversations'
import { deliveries } from '@partyline/db/schema/deliveries'
import { lines } from '@partyline/db/schema/lines'
import { messages } from '@partyline/db/schema/messages'
import { takeInbound } from '@partyline/dispatcher/inbound/take-inbound'
import { asc, eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenDirect, givenGroup, givenLine } from '../../support/given.ts'
import { test } from '../../support/stack.ts'
import { textParams } from '../../support/webhook.ts'

const ana = '+14155550101'
const ben = '+14155550102'
const eva = '+14155550103'
const group = '+15558675310'

/** Keeps a text and takes it, as a dispatcher does. */
async function textIn(db: Db, params: Record<string, string>) {
  const webhook = { params: textParams(params), receivedAt: new Date().toISOString() }
  const [sid] = await insertInbox(db, [webhook], 'webhook')
  return sid === undefined ? undefined : takeInbound(db, sid, noLimits)
}

const allMessages = (db: Db) => db.select().from(messages).orderBy(asc(messages.id))
const recipients = async (db: Db) =>
  (await db.select().from(deliveries)).map((delivery) => delivery.address).toSorted()

test('A8 A10 A13 A15 B18 B20 E21 E23: a member’s text is kept whole and addressed to every other member', async ({
  stack: { db },
}) => {
  const { line } = await givenGroup(db, {
    address: group,
    members: { [ana]: 'Ana', [ben]: 'Ben', [eva]: 'Eva' },
  })

  await textIn(db, {
    From: ana,
    To: group,
    Body: 'How about pizza after work?',
    FromCity: 'OAKLAND',
    MessageSid: `SM${'1'.repeat(32)}`,
  })

  const [message] = await allMessages(db)
  expect(message).toMatchObject({
    direction: 'inbound',
    twilioSid: `SM${'1'.repeat(32)}`,
    authorName: 'Ana',
    authorAddress: ana,
    body: 'How about pizza after work?',
    ...{ city: 'OAKLAND', state: 'CA', zip: '94103', country: 'US' },
    ...{ totalCount: 2, queuedCount: 2 },
  })
  expect(await recipients(db)).toEqual([ben, eva])
  const [delivery] = await db.select().from(deliveries)
  expect(delivery).toMatchObject({ lineId: line.id, state: 'queued' })
})

test('A6 A8: a person in two groups is heard only in the one they text', async ({
  stack: { db },
}) => {
  const other = '+15558675311'
  await givenGroup(db, { address: group, members: { [ana]: 'Ana', [ben]: 'Ben' } })
  await givenGroup(db, { address: other, members: { [ana]: 'Coach', [eva]: 'Eva' } })

  await textIn(db, { From: ana, To: other, Body: 'Training at six' })

  expect(await recipients(db)).toEqual([eva])
  expect((await allMessages(db))[0]).toMatchObject({ authorName: 'Coach' })
})

test('A9 E25: a stranger’s text to a group is never relayed, and kept as a direct conversation', async ({
  stack: { db },
}) => {
  await givenGroup(db, { address: group, members: { [ana]: 'Ana', [ben]: 'Ben' } })

  await textIn(db, { From: eva, To: group, Body: 'Let me in' })

  expect(await recipients(db)).toEqual([])
  const [direct] = await db.select().from(conversations).where(eq(conversations.kind, 'direct'))
  expect(direct).toMatchObject({ address: eva, lastPreview: 'Let me in', inboundCount: 1 })
})

test('100 parallel first texts from one number make one contact, one conversation, one order', async ({
  stack: { db },
}) => {
  await givenLine(db, { address: group })

  await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      textIn(db, { From: ana, To: group, Body: `${index}` }),
    ),
  )

  const [counts] = await db.execute(sql`
    select (select count(*)::int from contacts) as contacts,
      (select count(*)::int from addresses) as addresses,
      (select count(*)::int from conversations) as conversations`)
  expect(counts).toEqual({ contacts: 1, addresses: 1, conversations: 1 })
  const seqs = (await allMessages(db)).map((message) => message.seq)
  expect(seqs.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
})

test('the same webhook again, at once or later, has no effect', async ({ stack: { db } }) => {
  await givenGroup(db, { address: group, members: { [ana]: 'Ana', [ben]: 'Ben' } })
  const params = textParams({ From: ana, To: group })

  await Promise.all([textIn(db, params), textIn(db, params), textIn(db, params)])
  await textIn(db, params)

  expect(await allMessages(db)).toHaveLength(1)
  expect(await recipients(db)).toEqual([ben])
})

test('B24 B25 B35 D15 D16 E19: a reply goes to the same thread, counts as unread and reopens it', async ({
  stack: { db },
}) => {
  const line = await givenLine(db, { address: group })
  const { conversationId } = await givenDirect(db, { lineId: line.id, address: ana })
  await textIn(db, { From: ana, To: group, Body: 'first' })
  await db.update(conversations).set({ status: 'closed' })

  await textIn(db, { From: ana, To: group, Body: 'second' })

  const all = await db.select().from(conversations)
  expect(all).toHaveLength(1)
  expect(all[0]).toMatchObject({
    id: conversationId,
    status: 'open',
    inboundCount: 2,
    readCount: 0,
  })
})

test('A11 A12: a line with an auto-reply answers members and strangers, each alone', async ({
  stack: { db },
}) => {
  await givenGroup(db, {
    address: group,
    autoReply: 'Message received.',
    members: { [ana]: 'Ana', [ben]: 'Ben' },
  })

  await textIn(db, { From: ana, To: group })
  await textIn(db, { From: eva, To: group })

  const replies = await db
    .select({ address: deliveries.address, body: messages.body })
    .from(deliveries)
    .innerJoin(messages, eq(messages.id, deliveries.messageId))
    .where(eq(messages.kind, 'auto_reply'))
    .orderBy(deliveries.address)
  expect(replies).toEqual([
    { address: ana, body: 'Message received.' },
    { address: eva, body: 'Message received.' },
  ])
})

test('S43: a machine that answers our auto-reply is answered three times a minute and no more', async ({
  stack: { db },
}) => {
  await givenLine(db, { address: group, autoReply: 'We are closed.' })

  for (let index = 0; index < 20; index += 1) {
    await textIn(db, { From: ana, To: group, Body: `I am out of office ${index}` })
  }
  await textIn(db, { From: ben, To: group, Body: 'We are closed.' })

  expect(await recipients(db)).toEqual([ana, ana, ana])
})

test('S43: two of our lines that are members of each other never text one another', async ({
  stack: { db },
}) => {
  const second = '+15558675311'
  await givenGroup(db, { address: group, members: { [ana]: 'Ana', [second]: 'Other group' } })
  await givenGroup(db, { address: second, members: { [group]: 'First group', [ben]: 'Ben' } })

  await textIn(db, { From: ana, To: group, Body: 'hello' })

  expect(await recipients(db)).toEqual([])
})

test('S44: STOP is kept, obeyed and not relayed; only then START is a command too', async ({
  stack: { db },
}) => {
  await givenGroup(db, { address: group, autoReply: 'Hi', members: { [ana]: 'Ana', [ben]: 'Ben' } })
  const optOuts = () => db.execute(sql`select ended_at is null as active from opt_outs`)

  await textIn(db, { From: ana, To: group, Body: ' stop ' })
  expect(await optOuts()).toEqual([{ active: true }])
  await textIn(db, { From: ana, To: group, Body: 'START' })
  expect(await optOuts()).toEqual([{ active: false }])

  expect(await allMessages(db)).toHaveLength(2)
  expect(await recipients(db)).toEqual([])
})

test('"Yes" from somebody who never left is an answer and is relayed', async ({
  stack: { db },
}) => {
  await givenGroup(db, { address: group, members: { [ana]: 'Ana', [ben]: 'Ben' } })

  await textIn(db, { From: ana, To: group, Body: 'Yes' })

  expect(await recipients(db)).toEqual([ben])
})

test('a text to a number nobody told us of makes an inbox line, so that it is seen', async ({
  stack: { db },
}) => {
  await textIn(db, { From: ana, To: '+15550009999' })

  expect(await db.select().from(lines)).toMatchObject([
    { address: '+15550009999', mode: 'inbox', channel: 'sms' },
  ])
})

test('a number of a Messaging Service that is a line belongs to that line', async ({
  stack: { db },
}) => {
  const service = `MG${'c'.repeat(32)}`
  const line = await givenLine(db, { address: service, channel: 'sms' })

  await textIn(db, { From: ana, To: '+15550009999', MessagingServiceSid: service })

  expect(await db.select().from(conversations)).toMatchObject([{ lineId: line.id, address: ana }])
})

test('a relayed text that a name makes too long goes in parts, in order', async ({
  stack: { db },
}) => {
  await givenGroup(db, { address: group, members: { [ana]: 'Ana', [ben]: 'Ben' } })

  await textIn(db, { From: ana, To: group, Body: 'long '.repeat(320).trim() })

  const parts = await db.select({ part: deliveries.part }).from(deliveries).orderBy(deliveries.part)
  expect(parts).toEqual([{ part: 1 }, { part: 2 }])
})

test('B5 E22: a WhatsApp text keeps its profile name and its place on the map', async ({
  stack: { db },
}) => {
  await textIn(db, {
    From: 'whatsapp:+14155550101',
    To: 'whatsapp:+15558675310',
    ProfileName: 'Ana 🌟',
    Latitude: '37.78',
    Longitude: '-122.4',
    Label: 'Office',
    Body: '',
  })

  expect(await allMessages(db)).toMatchObject([
    {
      authorName: 'Ana 🌟',
      details: {
        location: { latitude: '37.78', longitude: '-122.4', label: 'Office', address: null },
      },
    },
  ])
})
