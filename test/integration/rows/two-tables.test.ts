import { randomUUID } from 'node:crypto'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { migrate } from '@partyline/db/migrate'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { runProduct } from '../../support/run-product.ts'
import { test } from '../../support/stack.ts'

const line = '+12125550100'

test('A3 B18 B19 B21: both directions are rows of one table, and the two numbers always sit in the same columns', async ({
  stack,
}) => {
  await using product = await runProduct(stack, { env: { TWILIO_NUMBER: line } })
  const api = await product.signIn()
  const mara = await product.phones.add('+14155550131', 'Mara')
  await mara.text(line, 'Is there parking?')
  const list = async () => (await api.call(conversationEndpoints.list)).items
  await expect.poll(list).toHaveLength(1)
  const id = (await list())[0]?.id ?? ''
  const body = { body: 'Behind the house', clientKey: randomUUID() }
  await api.call(messageEndpoints.send, { params: { id }, body })

  const rows = await stack.db.execute(sql`
    select m.direction, l.address as ours, a.address as theirs, m.body
      from messages m
      join conversations c on c.id = m.conversation_id
      join lines l on l.id = c.line_id
      join addresses a on a.contact_id = c.contact_id
     order by m.seq`)
  expect([...rows]).toEqual([
    { direction: 'inbound', ours: line, theirs: mara.address, body: 'Is there parking?' },
    { direction: 'outbound', ours: line, theirs: mara.address, body: 'Behind the house' },
  ])
  expect(await list()).toMatchObject([
    { address: mara.address, line: { address: line }, contact: { name: null }, status: 'open' },
  ])
})

test('B28: bringing the database to this version again changes nothing and keeps the rows', async ({
  stack,
}) => {
  const shape = async () => [
    ...(await stack.db.execute(sql`
      select table_name, column_name, data_type from information_schema.columns
       where table_schema = 'public' order by 1, 2`)),
  ]
  await stack.db.execute(sql`insert into users (email, name, role, password_hash)
    values ('a@example.com', 'A', 'admin', 'x')`)
  const before = await shape()

  await Promise.all([migrate(stack.databaseUrl), migrate(stack.databaseUrl)])

  expect(await shape()).toEqual(before)
  const [users] = await stack.db.execute(sql`select count(*)::int as count from users`)
  expect(users).toEqual({ count: 1 })
})
