import { conversations } from '@partyline/db/schema/conversations'
import { lines } from '@partyline/db/schema/lines'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { ana, ben, givenConference, group } from '../../support/conference.ts'
import { givenDirect, givenLine } from '../../support/given.ts'
import { test } from '../../support/stack.ts'
import { textIn } from '../../support/text-in.ts'
import { textParams } from '../../support/webhook.ts'
import { allMessages, recipients } from './posted.ts'

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
  await givenConference(db)
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
