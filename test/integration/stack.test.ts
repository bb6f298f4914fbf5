import { connectPostgres } from '@partyline/db/client'
import { expect } from 'vitest'
import { createStack, test } from '../support/stack.ts'

test('each test has a migrated database of its own', async ({ stack }) => {
  await using other = await createStack()
  const [mine, theirs] = [stack, other].map(({ databaseUrl }) =>
    connectPostgres(databaseUrl, { name: 'test', max: 1 }),
  )
  if (!mine || !theirs) throw new Error('no pools')

  await mine`insert into lines (address, channel, name, mode) values ('+15555550100', 'sms', 'Desk', 'inbox')`

  expect(await mine`select name from lines`).toMatchObject([{ name: 'Desk' }])
  expect(await theirs`select name from lines`).toEqual([])
  await Promise.all([mine.end(), theirs.end()])
})

test('the stack’s producer reaches the stack’s Redis', async ({ stack }) => {
  await stack.producer.enqueue('message.adopt', { messageSid: 'SM1' })

  expect(await stack.redis.keys(`${stack.prefix}:*`)).not.toEqual([])
})
