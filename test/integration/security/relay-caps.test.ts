import { messageEndpoints } from '@partyline/contracts/api/messages'
import { noLimits, type SendLimits } from '@partyline/contracts/send-limits'
import { sendCounts } from '@partyline/db/schema/sending'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { ana, group } from '../../support/conference.ts'
import type { Stack } from '../../support/stack.ts'
import { textIn } from '../../support/text-in.ts'
import { test } from '../api/running-api.ts'
import { givenThree, send, withLimits } from './capped-api.ts'

async function takeFromAna({ db }: Stack, limits: Partial<SendLimits>, params = {}) {
  const text = { From: ana, To: group, ...params }
  const taken = await textIn(db, text, { limits: { ...noLimits, ...limits } })
  return taken?.posted[0]?.message.id ?? ''
}

test('S42: a text that comes in is passed on whatever users have sent', async ({
  stack,
  admin,
}) => {
  const { conversationId } = await givenThree(stack)
  const limits = { perUser: 3 }
  await using api = await withLimits(stack, limits)
  await send(admin.at(api.http), conversationId)

  const id = await takeFromAna(stack, limits)

  const { items } = await admin.call(messageEndpoints.deliveries, { id })
  expect(items.map(({ status }) => status)).toEqual(['queued', 'queued'])
})

test('S42: over the cap of the account a text that comes in is kept, and waits in review with the reason', async ({
  stack,
  admin,
}) => {
  const { conversationId } = await givenThree(stack)
  const limits = { perAccount: 4 }
  await using api = await withLimits(stack, limits)
  const sender = admin.at(api.http)
  await send(sender, conversationId)

  const id = await takeFromAna(stack, limits, { Body: 'Is anybody there?' })

  const [message] = (await admin.call(messageEndpoints.list, { id: conversationId })).items
  expect(message).toMatchObject({ id, body: 'Is anybody there?', deliveries: { unknown: 2 } })
  const { items } = await admin.call(messageEndpoints.deliveries, { id })
  const [delivery] = items
  expect(delivery).toMatchObject({
    ...{ status: 'review', canRetry: true },
    error: {
      reason: 'Everything that may be sent in a day had been sent, so this text was held back.',
      advice:
        'Send it again after midnight UTC, or ask an administrator to allow more a day first.',
    },
  })
  // What was held back was not sent, so it is not counted: one segment is left.
  expect((await sender.try(messageEndpoints.retry, { id: delivery?.id ?? '' })).status).toBe(200)
  const next = await sender.try(messageEndpoints.retry, { id: items[1]?.id ?? '' })
  expect([next.status, next.code]).toEqual([429, 'send_cap_reached'])
  await stack.db.update(sendCounts).set({ day: sql`day - 1` })
  expect((await sender.try(messageEndpoints.retry, { id: items[1]?.id ?? '' })).status).toBe(200)
})

test('S42: of texts that come in at once no more are passed on than the account may send', async ({
  stack,
}) => {
  await givenThree(stack)

  await Promise.all(Array.from({ length: 8 }, () => takeFromAna(stack, { perAccount: 5 })))

  const states = await stack.db.execute<{ state: string; count: number }>(
    sql`select state::text, count(*)::int as count from deliveries group by state order by state`,
  )
  expect([...states]).toEqual([
    { state: 'queued', count: 4 },
    { state: 'review', count: 12 },
  ])
})
