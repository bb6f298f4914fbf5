import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { noLimits, type SendLimits } from '@partyline/contracts/send-limits'
import type { Db } from '@partyline/db/client'
import { claimDeliveries } from '@partyline/db/queries/claim-deliveries'
import { insertInbox } from '@partyline/db/queries/inbox'
import { members } from '@partyline/db/schema/conversations'
import { deliveries } from '@partyline/db/schema/deliveries'
import { lines } from '@partyline/db/schema/lines'
import { messages } from '@partyline/db/schema/messages'
import { takeInbound } from '@partyline/dispatcher/inbound/take-inbound'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenGroup, givenLine } from '../../support/given.ts'
import { createStack } from '../../support/stack.ts'
import { textParams } from '../../support/webhook.ts'
import { test } from '../api/running-api.ts'

const ana = '+14155550101'
const ben = '+14155550102'
const eva = '+14155550103'
const line = '+15558675310'
const usual: SendLimits = { ...noLimits, relaysPerMinute: 30, sameRelays: 5 }

interface Text {
  from: string
  to: string
  body: string
  at?: Date
}

async function textIn(db: Db, { from, to, body, at = new Date() }: Text, limits = usual) {
  const params = textParams({ From: from, To: to, Body: body })
  const [sid = ''] = await insertInbox(db, [{ params, receivedAt: at.toISOString() }], 'webhook')
  await takeInbound(db, sid, limits)
}

/** What the lines of a hub send now, as phones get it. */
async function textsOut(db: Db): Promise<Text[]> {
  const wanted = { limit: 100, segments: 1_000, leaseMs: 1_000 }
  const all = await db.select().from(lines)
  const sent: Text[] = []
  for (const { id: lineId } of all) {
    const { claims } = await claimDeliveries(db, { lineId, ...wanted })
    sent.push(...claims.map(({ from, to, body }) => ({ from, to, body })))
    await db
      .update(deliveries)
      .set({ state: 'accepted' })
      .where(sql`state = 'sending'`)
  }
  return sent
}

/** Carries texts between hubs and machines until nobody says anything more; how many it carried. */
async function carry(hubs: Record<string, Db>, machines: Record<string, string> = {}) {
  let carried = 0
  for (let round = 0; round < 100; round += 1) {
    const texts: Text[] = []
    for (const db of new Set(Object.values(hubs))) texts.push(...(await textsOut(db)))
    const answers = texts.flatMap(({ from, to }) => {
      const body = machines[to]
      return body === undefined ? [] : [{ from: to, to: from, body }]
    })
    const arriving = [...texts, ...answers].filter(({ to }) => to in hubs)
    if (arriving.length === 0) return carried
    carried += arriving.length
    for (const text of arriving) await textIn(hubs[text.to] as Db, text)
  }
  return Infinity
}

const held = async (db: Db) =>
  (await db.select().from(messages).orderBy(messages.id)).map(({ heldBecause }) => heldBecause)

test('S43: two inbox lines of two hubs that answer each other stop', async ({ stack }) => {
  await using other = await createStack()
  await givenLine(stack.db, { address: line, autoReply: 'We are closed.' })
  await givenLine(other.db, { address: ben, autoReply: 'Thank you for your text.' })

  await textIn(stack.db, { from: ben, to: line, body: 'Hello' })
  const carried = await carry({ [line]: stack.db, [ben]: other.db })

  expect(carried).toBeGreaterThan(2)
  expect(carried).toBeLessThanOrEqual(20)
})

test('S43: two groups of two hubs that are members of each other stop', async ({ stack }) => {
  await using other = await createStack()
  const here = { address: line, autoReply: 'Message received.', members: { [ana]: 'Ana' } }
  await givenGroup(stack.db, { ...here, members: { ...here.members, [ben]: 'The others' } })
  await givenGroup(other.db, {
    ...{ address: ben, autoReply: 'Got it.' },
    members: { [line]: 'The others', [eva]: 'Eva' },
  })

  await textIn(stack.db, { from: ana, to: line, body: 'Hello' })
  const carried = await carry({ [line]: stack.db, [ben]: other.db })

  expect(carried).toBeGreaterThan(0)
  expect(carried).toBeLessThanOrEqual(20)
})

test('S43: four groups of two hubs in a ring stop, and the text that came back says why', async ({
  stack,
}) => {
  await using other = await createStack()
  const [here1 = '', here2 = '', there1 = '', there2 = ''] = [1, 2, 3, 4].map(
    (n) => `+1555867530${n}`,
  )
  await givenGroup(stack.db, {
    address: here1,
    members: { [ana]: 'Ana', [there1]: 'Hub', [there2]: 'Hub' },
  })
  await givenGroup(other.db, { address: there1, members: { [here1]: 'Hub', [here2]: 'Hub' } })
  await givenGroup(stack.db, { address: here2, members: { [there1]: 'Hub', [there2]: 'Hub' } })
  await givenGroup(other.db, { address: there2, members: { [here2]: 'Hub', [here1]: 'Hub' } })
  const hubs = { [here1]: stack.db, [here2]: stack.db, [there1]: other.db, [there2]: other.db }

  await textIn(stack.db, { from: ana, to: here1, body: 'Hello' })
  const carried = await carry(hubs)

  expect(carried).toBeGreaterThan(3)
  expect(carried).toBeLessThanOrEqual(20)
  expect([...(await held(stack.db)), ...(await held(other.db))]).toContain('echo')
})

test('S43: two members whose phones answer every text by themselves stop', async ({ stack }) => {
  await givenGroup(stack.db, {
    address: line,
    members: { [ana]: 'Ana', [ben]: 'Ben', [eva]: 'Eva' },
  })

  await textIn(stack.db, { from: ana, to: line, body: 'Hello' })
  const machines = { [ben]: 'I am driving.', [eva]: 'Back on Monday.' }
  const carried = await carry({ [line]: stack.db }, machines)

  expect(carried).toBeGreaterThan(4)
  expect(carried).toBeLessThanOrEqual(20)
  expect(await held(stack.db)).toContain('same_text')
})

test('S43: a member who is one of our own lines is not texted', async ({ stack: { db } }) => {
  const { conversationId } = await givenGroup(db, {
    address: line,
    members: { [ana]: 'Ana', [ben]: 'Ben' },
  })
  await givenLine(db, { address: eva })
  await db
    .insert(members)
    .values({ conversationId, kind: 'contact', name: 'Our own', address: eva })

  await textIn(db, { from: ana, to: line, body: 'Hello' })

  expect((await textsOut(db)).map(({ to }) => to)).toEqual([ben])
})

test('S43: of forty texts of one member in a minute thirty are passed on, and all are kept', async ({
  stack,
  admin,
}) => {
  const { db } = stack
  const { conversationId: id } = await givenGroup(db, {
    address: line,
    members: { [ana]: 'Ana', [ben]: 'Ben' },
  })
  const minute = Date.parse('2026-11-21T12:00:00Z')
  for (let n = 0; n < 40; n += 1) {
    const at = new Date(minute + n * 1_000)
    await textIn(db, { from: ana, to: line, body: `text ${n}`, at })
  }
  await textIn(db, { from: ben, to: line, body: 'Calm down', at: new Date(minute + 45_000) })
  await textIn(db, { from: ana, to: line, body: 'Sorry', at: new Date(minute + 60_000) })

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
  await givenGroup(db, { address: line, members: { [ana]: 'Ana', [ben]: 'Ben' } })
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
  await givenGroup(db, { address: line, members: { [ana]: 'Ana', [ben]: 'Ben' } })

  for (const body of ['Yes', 'Yes', 'Yes', '']) await textIn(db, { from: ana, to: line, body })
  for (const body of ['Yes', 'Ana said: yes', 'Ana: no', 'Ben: Yes']) {
    await textIn(db, { from: ben, to: line, body })
  }

  expect(await held(db)).toEqual(Array(8).fill(null))
})
