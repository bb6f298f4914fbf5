import { auditEndpoints } from '@partyline/contracts/api/audit'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { deliveries } from '@partyline/db/schema/deliveries'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Stack } from '../../support/stack.ts'
import { givenThree, withLimits } from '../security/capped-api.ts'
import type { Client } from './client.ts'
import { sendMessage } from './message-steps.ts'
import { test } from './running-api.ts'

const retryHeld = (client: Client, body: object) =>
  client.call(messageEndpoints.retryHeld, {}, { cause: 'send_cap', ...body })
const queued = ({ db }: Stack) => db.$count(deliveries, sql`state = 'queued' and cause is null`)

/** All of them may go. */
const noneOut = { late: 0, withdrawn: 0 }

/** Two texts to three people each, all held back. */
async function givenHeld(stack: Stack, client: Client, cause = 'send_cap') {
  const { conversationId: id } = await givenThree(stack)
  const texts = [
    await sendMessage(client, id, 'first', 'k1'),
    await sendMessage(client, id, 'second', 'k2'),
  ]
  await stack.db.execute(sql`update deliveries set state = 'review', cause = ${cause}, attempt = 1`)
  return texts.map((text) => text.id)
}

test('what the cap held back is queued again at once: of one text, or all of it, in its old places', async ({
  stack,
  admin,
}) => {
  const [, second = ''] = await givenHeld(stack, admin)

  expect(await retryHeld(admin, { messageId: second })).toEqual({ queued: 3, left: 0, ...noneOut })
  const rows = await stack.db.select().from(deliveries)
  const ofSecond = rows.filter(({ messageId }) => messageId === second)
  expect(ofSecond).toHaveLength(3)
  for (const row of ofSecond) {
    expect(row).toMatchObject({ state: 'queued', cause: null, attempt: 2 })
  }
  expect(await retryHeld(admin, { limit: 2 })).toEqual({ queued: 2, left: 1, ...noneOut })
  expect(await retryHeld(admin, {})).toEqual({ queued: 1, left: 0, ...noneOut })
  expect(await queued(stack)).toBe(6)
  expect(await retryHeld(admin, {})).toEqual({ queued: 0, left: 0, ...noneOut })

  const { items } = await admin.call(auditEndpoints.list, {}, { action: 'delivery.retried' })
  expect(items.map(({ subject, details }) => [subject, details])).toEqual([
    [null, { cause: 'send_cap', deliveries: 1 }],
    [null, { cause: 'send_cap', deliveries: 2 }],
    [second, { cause: 'send_cap', deliveries: 3 }],
  ])
})

test('what is held for another reason stays, and so does what failed', async ({ stack, admin }) => {
  const [first = ''] = await givenHeld(stack, admin, 'policy_hold')
  await stack.db.execute(sql`
    update deliveries set state = 'failed', cause = 'send_cap' where message_id = ${first}
  `)

  expect(await retryHeld(admin, {})).toEqual({ queued: 0, left: 0, ...noneOut })
  expect(await retryHeld(admin, { cause: 'policy_hold' })).toEqual({
    queued: 3,
    left: 0,
    ...noneOut,
  })
})

test('S42: a user’s cap holds for all that is sent again together: then nothing is', async ({
  stack,
  admin,
}) => {
  await givenHeld(stack, admin)
  await using api = await withLimits(stack, { perUser: 4 })
  const capped = admin.at(api.http)
  await stack.db.execute(sql`delete from send_counts`)

  const refused = await capped.try(messageEndpoints.retryHeld, {}, { cause: 'send_cap' })
  expect([refused.status, refused.code]).toEqual([429, 'send_cap_reached'])
  expect(await queued(stack)).toBe(0)
  expect(await retryHeld(capped, { limit: 4 })).toEqual({ queued: 4, left: 2, ...noneOut })
})

test('of five who ask at once, each delivery is queued once', async ({ stack, admin }) => {
  await givenHeld(stack, admin)

  const answers = await Promise.all(Array.from({ length: 5 }, () => retryHeld(admin, {})))

  expect(answers.reduce((sum, answer) => sum + answer.queued, 0)).toBe(6)
  const attempts = (await stack.db.select().from(deliveries)).map(({ attempt }) => attempt)
  expect(attempts).toEqual(Array(6).fill(2))
})

test('S22: what is held in somebody’s private conversation is theirs alone to send', async ({
  stack,
  ana,
  ben,
}) => {
  const [first = ''] = await givenHeld(stack, ana)
  await stack.db.execute(sql`
    update conversations set visibility = 'private',
      owner_id = (select author_id from messages where id = ${first})
  `)

  expect(await retryHeld(ben, {})).toEqual({ queued: 0, left: 0, ...noneOut })
  const hidden = { cause: 'send_cap', messageId: first }
  expect((await ben.try(messageEndpoints.retryHeld, {}, hidden)).status).toBe(404)
  expect(await retryHeld(ana, { messageId: first })).toEqual({ queued: 3, left: 0, ...noneOut })
})
