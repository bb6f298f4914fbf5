import { readFileSync } from 'node:fs'
import path from 'node:path'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { connectPostgres } from '@partyline/db/client'
import { expect } from 'vitest'
import { runProduct } from '../support/run-product.ts'
import { type Stack, test } from '../support/stack.ts'

/** The embedded Postgres of this folder, as its owner. */
function ownerOf({ dataFolder }: Stack) {
  const read = (file: string) => readFileSync(path.join(dataFolder, file), 'utf8')
  const secrets = JSON.parse(read('secrets.json')) as Record<string, string>
  const port = read('postgres/postmaster.pid').split('\n')[3] ?? ''
  const password = secrets['postgres password'] ?? ''
  const url = `postgres://partyline:${password}@127.0.0.1:${port}/postgres`
  return connectPostgres(url, { name: 'judge', max: 1 })
}

test('S37: on its own Postgres each service works as a user of its own, and none as the owner', async ({
  stack,
}) => {
  await using product = await runProduct(stack, { env: { DATABASE_URL: '' }, demo: true })
  const api = await product.signIn()

  // The demo's story goes through every service.
  expect((await api.call(conversationEndpoints.list)).items.length).toBeGreaterThan(3)
  const owner = ownerOf(stack)
  const users = async () => {
    const rows = await owner<{ name: string }[]>`
      select distinct usename as name from pg_stat_activity
      where application_name like 'partyline-%' and application_name <> 'partyline-judge'
      order by usename`
    return rows.map(({ name }) => name)
  }
  await expect.poll(users).toEqual(['partyline_api', 'partyline_dispatcher', 'partyline_realtime'])
  await owner.end()
})
