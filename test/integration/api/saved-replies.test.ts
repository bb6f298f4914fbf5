import { savedReplyEndpoints } from '@partyline/contracts/api/saved-replies'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { test } from './running-api.ts'

test('a saved reply is everybody’s: made, listed by name, changed, deleted; a name is there once, and 500 of them at most', async ({
  stack: { db },
  ana,
  ben,
}) => {
  const make = (name: string, body: string) =>
    ana.call(savedReplyEndpoints.create, {}, { name, body })
  const hours = await make('Hours', 'We are open from 9 to 5.')
  await make('address', '12 Main Street')

  const names = async () => (await ben.call(savedReplyEndpoints.list)).items.map(({ name }) => name)
  expect(await names()).toEqual(['address', 'Hours'])
  const again = await ben.try(savedReplyEndpoints.create, {}, { name: 'HOURS', body: 'Closed' })
  expect(again).toMatchObject({ status: 409, code: 'already_exists' })
  const taken = await ben.try(savedReplyEndpoints.change, { id: hours.id }, { name: 'Address' })
  expect(taken).toMatchObject({ status: 409, code: 'already_exists' })

  const unknown = await ben.try(savedReplyEndpoints.change, { id: hours.id }, { body: 'Hi {foo}' })
  expect(unknown).toMatchObject({
    status: 400,
    message: '{foo} is not a placeholder. There are {first name}, {name}, {my name} and {line}.',
  })

  const changed = await ben.call(
    savedReplyEndpoints.change,
    { id: hours.id },
    { body: 'We are open from 9 to 6.' },
  )
  expect(changed).toMatchObject({ name: 'Hours', body: 'We are open from 9 to 6.' })

  await ben.call(savedReplyEndpoints.remove, { id: hours.id })
  expect(await names()).toEqual(['address'])
  expect((await ben.try(savedReplyEndpoints.remove, { id: hours.id })).status).toBe(404)

  await db.execute(sql`insert into saved_replies (name, body)
    select 'Reply ' || n, 'Hello' from generate_series(1, 499) as n`)
  const full = await ben.try(savedReplyEndpoints.create, {}, { name: 'One more', body: 'Hello' })
  expect([full.status, full.message]).toEqual([
    400,
    'There are 500 saved replies already. Delete one that nobody uses.',
  ])
})

test('of two who give their replies one name at once, one gets it and the other is told', async ({
  ana,
  ben,
}) => {
  const make = (name: string) => ana.call(savedReplyEndpoints.create, {}, { name, body: 'Hello' })
  const replies = [await make('Morning'), await make('Evening')]

  for (const name of ['One', 'Two', 'Three', 'Four', 'Five']) {
    const answers = await Promise.all(
      replies.map(({ id }, place) =>
        (place === 0 ? ana : ben).try(savedReplyEndpoints.change, { id }, { name }),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  }
})
