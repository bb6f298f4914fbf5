import { messageEndpoints } from '@partyline/contracts/api/messages'
import { noLimits } from '@partyline/contracts/send-limits'
import type { Db } from '@partyline/db/client'
import { deleteScheduled } from '@partyline/db/queries/scheduled'
import { sendNextDue } from '@partyline/db/queries/send-next-due'
import { forgetTakenBack } from '@partyline/db/queries/taken-back'
import { scheduledMessages, takenBack } from '@partyline/db/schema/scheduled'
import { messages } from '@partyline/db/schema/messages'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenDirect, givenLine } from '../../support/given.ts'
import { textIn } from '../../support/text-in.ts'
import { lockAround } from '../db/lock-around.ts'
import type { Client } from './client.ts'
import { test } from './running-api.ts'

const ours = '+15558675310'
const person = '+14155550101'

async function givenPlace(db: Db) {
  const { id: lineId } = await givenLine(db, { address: ours })
  const { conversationId } = await givenDirect(db, { lineId, address: person })
  return { id: conversationId }
}

const later = () => ({ sendAt: new Date(Date.now() + 3_600_000).toISOString() })
const held = () => ({ undoSeconds: 30 })
const ways = { held, scheduled: later }

const saidAs = (clientKey: string, how: object = {}) => ({ body: 'Hello', clientKey, ...how })
const isRefused = { status: 409, code: 'taken_back' }

for (const [name, way] of Object.entries(ways)) {
  test(`a ${name} text that was taken back is not held again by a repeat, nor sent; a new one is`, async ({
    stack: { db },
    ana,
    ben,
  }) => {
    const place = await givenPlace(db)
    const given = saidAs('k1', way())
    const { id } = await ana.call(messageEndpoints.send, place, given)
    expect((await ana.call(messageEndpoints.send, place, given)).id).toBe(id)
    await ben.call(messageEndpoints.cancelScheduled, { id })

    for (const how of [given, saidAs('k1', held()), saidAs('k1', later()), saidAs('k1')]) {
      expect(await ana.try(messageEndpoints.send, place, how)).toMatchObject(isRefused)
    }

    expect(await db.$count(scheduledMessages)).toBe(0)
    expect(await db.$count(messages)).toBe(0)
    for (const [client, key] of [[ana, 'k2'] as const, [ben, 'k1'] as const]) {
      expect((await client.try(messageEndpoints.send, place, saidAs(key, way()))).status).toBe(202)
    }
  })

  test(`a repeat that meets the taking back of a ${name} text goes by whether that is committed`, async ({
    stack: { db },
    ana,
    users,
  }) => {
    const place = await givenPlace(db)
    const given = saidAs('k1', way())
    const { id } = await ana.call(messageEndpoints.send, place, given)
    const repeatWhile = async (end: () => Promise<unknown>) => {
      let repeated: ReturnType<Client['try']> | undefined
      await lockAround(
        db,
        (tx, which) => (which === 0 ? deleteScheduled(tx, { id, viewerId: users.ben }) : end()),
        () => (repeated = ana.try(messageEndpoints.send, place, given)),
      ).catch(() => undefined)
      return repeated
    }

    const undone = await repeatWhile(() => Promise.reject(new Error('killed before it commits')))
    expect(JSON.parse(undone?.text ?? '')).toMatchObject({ id })
    expect(await repeatWhile(async () => undefined)).toMatchObject(isRefused)

    expect(await db.$count(scheduledMessages)).toBe(0)
  })
}

test('a text that a reply took back is not held again, whoever noticed the reply', async ({
  stack: { db },
  ana,
}) => {
  const place = await givenPlace(db)
  const plan = (key: string) =>
    ana.try(messageEndpoints.send, place, saidAs(key, { ...later(), cancelOnReply: true }))
  await plan('k1')
  await textIn(db, { From: person, To: ours, Body: 'Here' })
  await plan('k2')
  await db.transaction(async (tx) => {
    // Being sent, so the text that comes in does not wait for it.
    await tx.execute(sql`update scheduled_messages set send_at = now()`)
    await textIn(db, { From: person, To: ours, Body: 'Still here' })
  })
  await sendNextDue(db, noLimits)
  expect(await db.$count(scheduledMessages)).toBe(0)

  expect(await plan('k1')).toMatchObject(isRefused)
  expect(await plan('k2')).toMatchObject(isRefused)
})

test('what was taken back is forgotten after a day', async ({ stack: { db }, ana }) => {
  const place = await givenPlace(db)
  for (const key of ['old', 'new']) {
    const { id } = await ana.call(messageEndpoints.send, place, saidAs(key, later()))
    await ana.call(messageEndpoints.cancelScheduled, { id })
    await db.execute(sql`update taken_back set at = at - interval '11.5 hours'`)
  }
  await forgetTakenBack(db)
  expect(await db.select().from(takenBack)).toHaveLength(2)

  await db.execute(sql`update taken_back set at = at - interval '2 hours'`)
  await forgetTakenBack(db)

  expect(await db.select().from(takenBack)).toMatchObject([{ clientKey: 'new' }])
})
