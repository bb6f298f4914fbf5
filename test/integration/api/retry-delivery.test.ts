import { groupEndpoints } from '@partyline/contracts/api/groups'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { makeDirect } from './conversation-steps.ts'
import { listMessages, sendMessage } from './message-steps.ts'
import { makeGroup, test } from './running-api.ts'

test('who did not get it, and why, is told in words; and one failed delivery can be sent again in its place', async ({
  stack,
  admin,
}) => {
  const group = await makeGroup(admin)
  const add = (name: string, phone: string) =>
    admin.call(groupEndpoints.addMember, { id: group.id }, { name, phone })
  await admin.call(groupEndpoints.change, { id: group.id }, { announce: false })
  await add('John', '+12065550101')
  await add('Mary', '+12065550102')
  const { id } = await sendMessage(admin, group.id, 'Hello', 'k1')
  await stack.db.execute(sql`update deliveries set state = 'accepted', attempt = 1,
    twilio_sid = 'SM' || right(address, 1), status = 'delivered', status_rank = 7`)
  await stack.db.execute(sql`update deliveries set status = 'undelivered', status_rank = 6,
    error_code = 30003 where address = '+12065550102'`)

  const before = (await admin.call(messageEndpoints.deliveries, { id })).items
  const failed = before.find(({ name }) => name === 'Mary')
  expect(before.map(({ name, status }) => `${name} ${status}`)).toEqual([
    ...['Mary undelivered', 'John delivered'],
  ])
  expect(failed?.error).toMatchObject({ code: 30003 })
  expect(failed?.error?.reason).toMatch(/^[A-Z].{10,}\.$/)
  expect((await listMessages(admin, group.id))[0]?.deliveries).toMatchObject({
    delivered: 1,
    failed: 1,
  })

  const again = await admin.call(messageEndpoints.retry, { id: failed?.id ?? '' })
  expect(again).toMatchObject({
    ...{ id: failed?.id, status: 'queued', error: null, twilioSid: null },
    canRetry: false,
  })
  expect((await listMessages(admin, group.id))[0]?.deliveries).toMatchObject({
    delivered: 1,
    queued: 1,
  })
  const twice = await admin.try(messageEndpoints.retry, { id: failed?.id ?? '' })
  expect([twice.status, twice.code]).toEqual([409, 'cannot_retry'])
})

test('of five who ask to send one delivery again at once, one does', async ({ stack, admin }) => {
  const { id } = await makeDirect(admin)
  const sent = await sendMessage(admin, id, 'Hello', 'k1')
  await stack.db.execute(sql`update deliveries set state = 'review'`)
  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      admin.try(messageEndpoints.retry, { id: sent.delivery?.id ?? '' }),
    ),
  )

  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409])
})

test('what is on its way or has arrived is not sent again', async ({ stack, admin }) => {
  const { id } = await makeDirect(admin)
  const sent = await sendMessage(admin, id, 'Hello', 'k1')
  const states = [
    ...['queued', 'sending', 'unknown'].map((state) => [state, null]),
    ...['queued', 'sent', 'delivered', 'read'].map((status) => ['accepted', status]),
  ]
  for (const [state, status] of states) {
    await stack.db.execute(sql`
      update deliveries set state = ${state}::delivery_state, status = ${status}`)
    const answer = await admin.try(messageEndpoints.retry, { id: sent.delivery?.id ?? '' })
    expect(answer.code, `${state} ${status}`).toBe('cannot_retry')
  }
})
