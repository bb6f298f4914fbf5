import { priceEndpoints } from '@partyline/contracts/api/prices'
import { reachEndpoints } from '@partyline/contracts/api/reach'
import { claimPriceLooks, setPrice, setPriceProblem } from '@partyline/db/queries/prices'
import { optOut } from '@partyline/db/queries/opt-outs'
import { conversations } from '@partyline/db/schema/conversations'
import { unreachableAddresses } from '@partyline/db/schema/unreachable'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenDirect, givenGroup, givenLine } from '../../support/given.ts'
import { textIn } from '../../support/text-in.ts'
import { test } from './running-api.ts'

const members = {
  '+14155550101': 'Ana',
  '+14155550102': 'Ben',
  '+442079460958': 'Chloe',
  '+442079460959': 'Dan',
  '+15558675311': 'Our other line',
}

test('who a text to a group would go to, who not and why, where they are, and how fast it goes', async ({
  stack: { db },
  ana,
}) => {
  const { line, conversationId: id } = await givenGroup(db, { address: '+15558675310', members })
  await givenLine(db, { address: '+15558675311' })
  await optOut(db, { lineId: line.id, address: '+14155550102', source: 'keyword' })
  await db.insert(unreachableAddresses).values([
    { address: '+442079460959', errorCode: 30006 },
    { address: '+14155550102', errorCode: 30005 },
  ])

  expect(await ana.call(reachEndpoints.get, { id })).toEqual({
    ...{ recipients: 4, now: 2, optedOut: 1, unreachable: 1, landline: 1 },
    countries: expect.arrayContaining([
      { country: 'US', recipients: 1 },
      { country: 'GB', recipients: 1 },
    ]) as unknown,
    rate: { segmentsPerSecond: 1, burst: 30 },
    window: null,
  })
})

test('on WhatsApp no segment is paid for, and free text is open for 24 hours after their last message', async ({
  stack: { db },
  ana,
}) => {
  const line = await givenLine(db, { address: 'whatsapp:+15558675310' })
  const address = 'whatsapp:+14155550101'
  const { conversationId: id } = await givenDirect(db, { lineId: line.id, address })

  const before = await ana.call(reachEndpoints.get, { id })
  expect(before).toMatchObject({ now: 1, countries: [], window: { closesAt: null } })

  await textIn(db, { From: address, To: line.address, Body: 'Hello' })
  const { window } = await ana.call(reachEndpoints.get, { id })
  const hours = (Date.parse(window?.closesAt ?? '') - Date.now()) / 3_600_000
  expect(hours).toBeGreaterThan(23.9)
  expect(hours).toBeLessThanOrEqual(24)
})

test('somebody else’s private conversation has no reach', async ({ stack: { db }, ana, users }) => {
  const line = await givenLine(db, { address: '+15558675310' })
  const { conversationId: id } = await givenDirect(db, {
    ...{ lineId: line.id, address: '+14155550101' },
  })
  await db
    .update(conversations)
    .set({ visibility: 'private', ownerId: users.ben })
    .where(eq(conversations.id, id))

  expect((await ana.try(reachEndpoints.get, { id })).status).toBe(404)
})

test('the price of a country that is asked about is looked up, by one dispatcher and once a day', async ({
  stack: { db },
  ana,
}) => {
  const { conversationId: id } = await givenGroup(db, { address: '+15558675310', members })
  await ana.call(reachEndpoints.get, { id })

  expect((await ana.call(priceEndpoints.list)).items).toEqual([])
  const claimed = await Promise.all([claimPriceLooks(db, 5), claimPriceLooks(db, 5)])
  expect(claimed.flat().toSorted()).toEqual(['GB', 'US'])
  await setPrice(db, { country: 'US', price: '0.0083', currency: 'USD' })
  await setPriceProblem(db, { country: 'GB', problem: 'Twilio is away.', againInMinutes: 0 })

  expect((await ana.call(priceEndpoints.list)).items).toMatchObject([
    { country: 'GB', price: null, currency: null, problem: 'Twilio is away.' },
    { country: 'US', price: 0.0083, currency: 'USD', problem: null },
  ])
  expect(await claimPriceLooks(db, 5)).toEqual(['GB'])
})
