import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { test } from '../../support/stack.ts'

const limits = sql`
  select name, setting::int / 1000 as seconds from pg_settings
  where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout')
  order by name
`

test('whatever a service asks of Postgres has an end: statements, locks, idle transactions', async ({
  stack,
}) => {
  for (const db of [...Object.values(stack.dbs), stack.sendingDb]) {
    expect(await db.execute(limits)).toEqual([
      { name: 'idle_in_transaction_session_timeout', seconds: 15 },
      { name: 'lock_timeout', seconds: 5 },
      { name: 'statement_timeout', seconds: 10 },
    ])
  }
})

test('who waits for a lock that is never given is told after five seconds', async ({ stack }) => {
  const db = stack.dbs.api
  const open = Promise.withResolvers<undefined>()
  const locked = Promise.withResolvers<undefined>()
  const holder = db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(7)`)
    locked.resolve(undefined)
    await open.promise
  })
  await locked.promise

  const waiting = db.execute(sql`select pg_advisory_xact_lock(7)`)

  await expect(waiting).rejects.toMatchObject({ cause: { code: '55P03' } })
  open.resolve(undefined)
  await holder
})
