import { connectPostgres } from '@partyline/db/client'
import type { Sql } from 'postgres'
import { expect } from 'vitest'
import { type Stack, test } from '../../support/stack.ts'

/** Which of the two, the answer or the end, is seen first is a matter of luck. */
const rounds = 8

/** The process that a pool's only connection talks to. */
const cutOff = (sql: Sql) => sql`select pg_terminate_backend(pg_backend_pid())`

async function withPool(stack: Stack, work: (sql: Sql) => Promise<void>) {
  const sql = connectPostgres(stack.databaseUrl, { name: 'cut', max: 1 })
  try {
    await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** One query may still hear of the old connection's end. */
const answers = (sql: Sql) =>
  expect.poll(() => sql`select 1 as one`.catch(() => 'refused')).toEqual([{ one: 1 }])

test('a transaction whose connection is cut fails, and its pool goes on', async ({ stack }) => {
  await withPool(stack, async (sql) => {
    for (let times = 0; times < rounds; times += 1) {
      const cut = sql.begin(async (tx) => {
        await tx`select ${times}::int`
        await cutOff(tx as unknown as Sql)
      })

      await expect(cut).rejects.toThrow()

      await answers(sql)
    }
  })
})

test('a statement with values whose connection is cut fails, and its pool goes on', async ({
  stack,
}) => {
  await withPool(stack, async (sql) => {
    for (let times = 0; times < rounds; times += 1) {
      const cut = sql`select pg_terminate_backend(pg_backend_pid()), ${times}::int`

      await expect(cut).rejects.toThrow()

      await answers(sql)
    }
  })
})

test('what waits for a connection that is cut from outside fails or is done, and never hangs', async ({
  stack,
}) => {
  await withPool(stack, async (sql) => {
    for (let times = 0; times < rounds; times += 1) {
      const under = sql.begin(async (tx) => {
        await tx`select pg_sleep(5)`
      })
      const waiting = sql`select ${times}::int`
      const settled = Promise.allSettled([under, waiting])
      await expect
        .poll(async () => {
          const cut = await stack.db.execute(`
            select pg_terminate_backend(pid) from pg_stat_activity
            where query = 'select pg_sleep(5)' and state = 'active' and datname = current_database()
          `)
          return cut.length
        })
        .toBe(1)

      const [{ status }] = await settled
      expect(status).toBe('rejected')
      await answers(sql)
    }
  })
})
