import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { connectPostgres } from '@partyline/db/client'
import { expect } from 'vitest'
import { test } from '../../support/stack.ts'

/** An address of Postgres that is gone for good once a client has written to it so many times. */
async function openUntil(databaseUrl: string, writes: number) {
  const target = new URL(databaseUrl)
  const open = new Set<Socket>()
  let left = writes
  const listener = createServer((client) => {
    const server = connect(Number(target.port), target.hostname)
    for (const socket of [client, server]) open.add(socket.on('error', () => socket.destroy()))
    server.pipe(client)
    client.on('data', (data) => {
      left -= 1
      if (left > 0) return void server.write(data)
      listener.close()
      for (const socket of open) socket.destroy()
    })
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const url = new URL(databaseUrl)
  url.host = `127.0.0.1:${(listener.address() as AddressInfo).port}`
  return {
    url: url.href,
    close() {
      listener.close()
      for (const socket of open) socket.destroy()
    },
  }
}

test('T15: Postgres that goes away while a connection is made fails the query alone, not the process', async ({
  stack,
}) => {
  const nobodysFailures: unknown[] = []
  const note = (reason: unknown) => void nobodysFailures.push(reason)
  process.on('unhandledRejection', note)
  // Startup, password, and whatever is asked before the first query.
  for (const writes of [1, 2, 3, 4, 5, 6]) {
    const door = await openUntil(stack.databaseUrl, writes)
    const sql = connectPostgres(door.url, { name: 'start', max: 1 })
    try {
      const asked = Array.from({ length: 3 }, (_, each) => sql`select ${each}::int`)
      const outcomes = await Promise.allSettled(asked)

      expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true)
      await expect(sql`select 1`).rejects.toThrow('ECONNREFUSED')
    } finally {
      await sql.end({ timeout: 1 })
      door.close()
    }
  }

  expect(nobodysFailures).toEqual([])
  process.off('unhandledRejection', note)
})

test('arrays go to Postgres and come back as they were', async ({ stack }) => {
  const sql = connectPostgres(stack.databaseUrl, { name: 'arrays', max: 1 })
  try {
    const given = {
      texts: ['a,b', 'with "quotes"', 'back\\slash', '', '{}'],
      ids: ['00000000-0000-4000-8000-000000000001'],
      small: [1, -2],
      none: [] as string[],
    }
    const [row] = await sql`
      select to_jsonb(${given.texts}::text[]) as texts, ${given.ids}::uuid[] as ids,
        ${given.small}::smallint[] as small, ${given.none}::uuid[] as none
    `
    expect(row).toEqual(given)
  } finally {
    await sql.end({ timeout: 1 })
  }
})
