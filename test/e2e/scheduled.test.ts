import { randomUUID } from 'node:crypto'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { groupEndpoints } from '@partyline/contracts/api/groups'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { priceEndpoints } from '@partyline/contracts/api/prices'
import { reachEndpoints } from '@partyline/contracts/api/reach'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenLine } from '../support/given-product.ts'
import { type Product, runProduct } from '../support/run-product.ts'
import { type Stack, test } from '../support/stack.ts'

const line = '+12125550100'
const inAnHour = 3_600_000

/** The time of whatever waits has come. */
const theTimeComes = ({ db }: Stack) =>
  db.execute(sql`update scheduled_messages set send_at = now()`)

async function givenConversation(product: Product) {
  const api = await product.signIn()
  const mara = await product.phones.add('+14155550131', 'Mara')
  const { id: lineId } = await givenLine({ api, product }, line)
  const body = { lineId, address: mara.address }
  const { id } = await api.call(conversationEndpoints.create, { body })
  return { api, mara, id }
}

test('a text with sendAt waits for its time, goes out once, and can be cancelled before', async ({
  stack,
}) => {
  await using product = await runProduct(stack)
  const { api, mara, id } = await givenConversation(product)
  const schedule = (body: string, inMs: number, clientKey = randomUUID()) =>
    api.call(messageEndpoints.send, {
      params: { id },
      body: { body, clientKey, sendAt: new Date(Date.now() + inMs).toISOString() },
    })
  const waiting = async () =>
    (await api.call(messageEndpoints.scheduled, { params: { id } })).items.map((each) => each.body)

  const key = randomUUID()
  const soon = await schedule('See you at nine', inAnHour, key)
  expect(await schedule('See you at nine', inAnHour, key)).toEqual(soon)
  const later = await schedule('Never mind', 2 * inAnHour)
  expect([soon.seq, later.seq]).toEqual([0, 0])
  expect(await waiting()).toEqual(['See you at nine', 'Never mind'])

  await api.call(messageEndpoints.cancelScheduled, { params: { id: later.id } })
  await theTimeComes(stack)
  await expect.poll(mara.bodies).toEqual(['See you at nine'])

  expect(await waiting()).toEqual([])
  const { items } = await api.call(messageEndpoints.list, { params: { id } })
  expect(items).toMatchObject([{ seq: 1, sendAt: null, body: 'See you at nine', clientKey: key }])
  await expect(schedule('Too late', -1_000)).rejects.toThrow('Choose a time later than now')
})

test('S44: a scheduled text whose reader has left by then is kept with the reason, not sent', async ({
  stack,
}) => {
  await using product = await runProduct(stack)
  const { api, mara, id } = await givenConversation(product)
  await api.call(messageEndpoints.send, {
    params: { id },
    body: {
      ...{ body: 'Reminder', clientKey: randomUUID() },
      sendAt: new Date(Date.now() + inAnHour).toISOString(),
    },
  })

  await mara.text(line, 'STOP')
  await expect.poll(() => stack.db.execute(sql`select from opt_outs`)).toHaveLength(1)
  await theTimeComes(stack)

  await expect
    .poll(async () => (await api.call(messageEndpoints.scheduled, { params: { id } })).items)
    .toMatchObject([{ body: 'Reminder', problem: expect.stringContaining('STOP') as string }])
  expect(await mara.bodies()).not.toContain('Reminder')
})

test('a text to a group can be taken back for a moment, leaves just after it, and once', async ({
  stack,
}) => {
  await using product = await runProduct(stack)
  const api = await product.signIn()
  const mara = await product.phones.add('+14155550131', 'Mara')
  const { id: lineId } = await givenLine({ api, product }, line, { name: 'Crew' })
  const { id } = await api.call(groupEndpoints.create, { body: { name: 'Crew', lineId } })
  await api.call(groupEndpoints.addMember, {
    params: { id },
    body: { name: 'Mara', phone: mara.address },
  })
  const said = (body: string, undoSeconds: number, clientKey = randomUUID()) =>
    api.call(messageEndpoints.send, { params: { id }, body: { body, clientKey, undoSeconds } })

  const spent = randomUUID()
  const slip = await said('Forget me', 30, spent)
  await api.call(messageEndpoints.cancelScheduled, { params: { id: slip.id } })
  await expect(said('Forget me', 30, spent)).rejects.toThrow('was taken back')
  const clientKey = randomUUID()
  const held = await said('On my way', 2, clientKey)
  expect((await said('On my way', 2, clientKey)).id).toBe(held.id)

  const joined = 'Admin: Mara has joined the group'
  const arrived = async () => (await mara.bodies()).filter((body) => body !== joined)
  await expect.poll(arrived, { interval: 50 }).toEqual(['Admin: On my way'])
  const { items } = await api.call(messageEndpoints.list, { params: { id } })
  const sent = items.find((message) => message.clientKey === clientKey)
  const lateMs = Date.parse(sent?.createdAt ?? '') - Date.parse(held.sendAt ?? '')
  expect(lateMs).toBeGreaterThanOrEqual(0)
  // At once, as far as a busy machine can.
  expect(lateMs).toBeLessThan(5_000)

  // Asked again by a window that never got the answer.
  expect((await said('On my way', 2, clientKey)).id).toBe(sent?.id)
  const far = new Date(Date.now() + 3_600_000).toISOString()
  const planned = await api.call(messageEndpoints.send, {
    params: { id },
    body: { body: 'Early after all', clientKey: randomUUID(), sendAt: far },
  })
  await api.call(messageEndpoints.sendScheduledNow, { params: { id: planned.id } })
  await expect.poll(arrived).toEqual(['Admin: On my way', 'Admin: Early after all'])

  const { countries } = await api.call(reachEndpoints.get, { params: { id } })
  expect(countries).toEqual([{ country: 'US', recipients: 1 }])
  await expect
    .poll(async () => (await api.call(priceEndpoints.list)).items)
    .toMatchObject([{ country: 'US', price: 0.0083, currency: 'USD' }])
})
