import { readFeed } from '@partyline/db/queries/read-feed'
import { listEvents } from '@partyline/db/feed/list-events'
import fc from 'fast-check'
import postgres from 'postgres'
import { expect } from 'vitest'
import { test } from '../../support/stack.ts'
import { givenLine, settledHead } from './given.ts'

const userId = '00000000-0000-7000-8000-000000000001'

test('of two transactions that commit in the opposite order, a reader in between misses neither', async ({
  stack,
}) => {
  const { db } = stack
  const after = await settledHead(db)
  const firstWrote = Promise.withResolvers<string>()
  const secondCommitted = Promise.withResolvers<undefined>()
  const slow = db.transaction(async (tx) => {
    firstWrote.resolve(await givenLine(tx))
    await secondCommitted.promise
  })
  const first = await firstWrote.promise
  const second = await db.transaction((tx) => givenLine(tx))

  const between = await readFeed(db, { after, limit: 10, userId })
  const waiting = await listEvents(db, after, 10)
  secondCommitted.resolve(undefined)
  await slow

  expect(between).toMatchObject({ items: [], cursor: after, hasMore: false })
  expect(waiting.heldBack).toBe(true)
  await expect
    .poll(async () => {
      const { items } = await readFeed(db, { after: between.cursor, limit: 10, userId })
      return items.map((item) => item.type === 'line.changed' && item.line.id)
    })
    .toEqual([first, second])
})

/** Each number is a step of that writer: it writes, and at `end` commits or rolls back. */
const step = fc.record({
  writer: fc.nat(4),
  act: fc.constantFrom('write', 'write', 'commit', 'roll back', 'read'),
})

test('whatever way transactions interleave, the pages of a reader are every event once, in order', async ({
  stack,
}) => {
  const pool = postgres(stack.databaseUrl, { max: 5, onnotice: () => undefined })
  const insert = (sql: postgres.Sql) =>
    sql`insert into events (type, subject_id) values ('line.changed', uuidv7())`

  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60 }),
      fc.integer({ min: 1, max: 5 }),
      async (steps, limit) => {
        const began = await settledHead(stack.db)
        let cursor = began
        const seen: string[] = []
        const read = async () => {
          const page = await listEvents(stack.db, cursor, limit)
          seen.push(...page.events.map(({ xid, id }) => `${xid}-${id}`))
          cursor = page.cursor
          return page
        }
        const open = new Map<number, postgres.ReservedSql>()
        const end = async (writer: number, how: 'commit' | 'roll back') => {
          const connection = open.get(writer)
          if (!connection) return
          open.delete(writer)
          await (how === 'commit' ? connection`commit` : connection`rollback`)
          connection.release()
        }

        for (const { writer, act } of steps) {
          if (act === 'read') await read()
          else if (act === 'write') {
            const connection = open.get(writer) ?? (await pool.reserve())
            if (!open.has(writer)) await connection`begin`
            open.set(writer, connection)
            await insert(connection)
          } else await end(writer, act)
        }
        for (const writer of [...open.keys()]) await end(writer, 'commit')
        await expect
          .poll(
            async () => {
              const { hasMore, heldBack } = await read()
              return hasMore || heldBack
            },
            { interval: 1, timeout: 20_000 },
          )
          .toBe(false)

        const rows = await pool<{ cursor: string }[]>`
        select xid || '-' || id as cursor from events order by events.xid, events.id`
        const all = rows.map((row) => row.cursor)
        expect(seen).toEqual(all.slice(all.indexOf(began) + 1))
      },
    ),
    { numRuns: 40 },
  )
  await pool.end()
})

test('under writers that never wait for each other, a reader still gets every event once', async ({
  stack,
}) => {
  const pool = postgres(stack.databaseUrl, { max: 8, onnotice: () => undefined })
  const write = async (writer: number) => {
    for (let round = 0; round < 25; round++) {
      await pool.begin(async (tx) => {
        for (let count = 0; count <= (round + writer) % 4; count++) {
          await tx`insert into events (type, subject_id) values ('line.changed', uuidv7())`
        }
      })
    }
  }
  const seen: string[] = []
  let cursor = await settledHead(stack.db)
  const read = async () => {
    const page = await listEvents(stack.db, cursor, 7)
    seen.push(...page.events.map(({ id }) => id))
    cursor = page.cursor
    return page.hasMore || page.heldBack
  }

  let writing = true
  const writers = Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(write)).finally(() => (writing = false))
  while (writing) await read()
  await writers
  await expect.poll(read, { interval: 1, timeout: 20_000 }).toBe(false)

  const rows = await pool<
    { id: string }[]
  >`select id::text from events order by events.xid, events.id`
  expect(seen).toEqual(rows.map(({ id }) => id))
  expect(new Set(seen).size).toBe(seen.length)
  await pool.end()
})
