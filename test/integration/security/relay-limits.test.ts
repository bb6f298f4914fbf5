import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { insertInbox } from '@partyline/db/queries/inbox'
import { deliveries } from '@partyline/db/schema/deliveries'
import { takeInbound } from '@partyline/dispatcher/inbound/take-inbound'
import { expect } from 'vitest'
import { ana, ben, givenConference, group as line } from '../../support/conference.ts'
import { textParams } from '../../support/webhook.ts'
import { test } from '../api/running-api.ts'
import { held, take, usual } from './between-hubs.ts'

test('S43: of forty texts of one member in a minute thirty are passed on, and all are kept', async ({
  stack,
  admin,
}) => {
  const { db } = stack
  const { conversationId: id } = await givenConference(db)
  const minute = Date.parse('2026-11-21T12:00:00Z')
  for (let n = 0; n < 40; n += 1) {
    const at = new Date(minute + n * 1_000)
    await take(db, { from: ana, to: line, body: `text ${n}`, at })
  }
  await take(db, { from: ben, to: line, body: 'Calm down', at: new Date(minute + 45_000) })
  await take(db, { from: ana, to: line, body: 'Sorry', at: new Date(minute + 60_000) })

  const kept = await held(db)
  expect(kept.slice(0, 30)).toEqual(Array(30).fill(null))
  expect(kept.slice(30, 40)).toEqual(Array(10).fill('too_many'))
  expect(kept.slice(40)).toEqual([null, null])
  expect(await db.$count(deliveries)).toBe(32)
  const { items } = await admin.call(messageEndpoints.list, { id }, { limit: 3 })
  expect(items.map(({ body, held: why }) => [body, why?.reason])).toEqual([
    ['Sorry', undefined],
    ['Calm down', undefined],
    ['text 39', 'This member texted more in a minute than is passed on.'],
  ])
  const conversation = await admin.call(conversationEndpoints.get, { id })
  expect(conversation.unread).toBe(42)
})

test('S43: a backlog of an outage is passed on whole, in whatever order it is taken', async ({
  stack: { db },
}) => {
  await givenConference(db)
  const texts = Array.from({ length: 60 }, (_, n) => ({
    params: textParams({ From: ana, To: line, Body: `text ${n}` }),
    receivedAt: new Date(Date.now() - n * 3_000).toISOString(),
  }))

  const sids = await insertInbox(db, texts, 'fallback')
  for (const sid of sids) await takeInbound(db, sid, usual)

  expect(await db.$count(deliveries)).toBe(60)
})

test('S43: what a member says twice, or in words that others used, is passed on', async ({
  stack: { db },
}) => {
  await givenConference(db)

  for (const body of ['Yes', 'Yes', 'Yes', '']) await take(db, { from: ana, to: line, body })
  for (const body of ['Yes', 'Ana said: yes', 'Ana: no', 'Ben: Yes']) {
    await take(db, { from: ben, to: line, body })
  }

  expect(await held(db)).toEqual(Array(8).fill(null))
})
