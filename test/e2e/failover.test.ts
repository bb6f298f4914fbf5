import { createLog } from '@partyline/kit/log'
import postgres from 'postgres'
import { expect, inject } from 'vitest'
import { addPhones, ana, givenConference, group, received } from '../support/conference.ts'
import { runLine } from '../support/run-line.ts'
import { test } from '../support/stack.ts'

/** What happens to a database whose server gives its place to another, from outside. */
function serverOf(databaseUrl: string, resources: AsyncDisposableStack) {
  const sql = resources.adopt(postgres(inject('postgresUrl'), { max: 1 }), (it) => it.end())
  const name = new URL(databaseUrl).pathname.slice(1)
  return {
    /** For whoever connects from now on, for as long as they stay. */
    readOnly: () => sql`alter database ${sql(name)} set default_transaction_read_only = on`,
    writable: () => sql`alter database ${sql(name)} reset default_transaction_read_only`,
    cut: () => sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`,
  }
}

test('a Postgres that fails over, cut off and then read-only for a while, is used again without a restart', async ({
  stack,
}) => {
  await using resources = new AsyncDisposableStack()
  await givenConference(stack.db)
  const lines: string[] = []
  const log = createLog('test', 'warn', { write: (line: string) => void lines.push(line) })
  const line = resources.use(await runLine({ ...stack, log }, { dispatchers: 2 }))
  addPhones(line)
  const server = serverOf(stack.databaseUrl, resources)
  await line.simulator.text({ from: ana, to: group, body: 'before' })
  await expect.poll(() => received(line)).toEqual(['Ana: before'])

  await server.readOnly()
  await server.cut()
  await line.simulator.text({ from: ana, to: group, body: 'meanwhile' })
  await expect.poll(() => lines.join('')).toContain('in a read-only transaction')
  await server.writable()

  await expect.poll(() => received(line)).toEqual(['Ana: before', 'Ana: meanwhile'])
  await line.simulator.text({ from: ana, to: group, body: 'after' })
  await expect.poll(() => received(line)).toContain('Ana: after')
  expect(line.simulator.judge()).toMatchObject({ total: 3, doubles: [] })
})
