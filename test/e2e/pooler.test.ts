import { createLog } from '@partyline/kit/log'
import { migrate } from '@partyline/db/migrate'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { addPhones, ana, givenConference, group, received } from '../support/conference.ts'
import { findPgBouncer, noPgBouncer, startPgBouncer } from '../support/pgbouncer.ts'
import { runLine } from '../support/run-line.ts'
import { openAsServices, serviceUrlsOf } from '../support/service-urls.ts'
import { test } from '../support/stack.ts'

const texts = 40

test('behind a PgBouncer that pools transactions texts go round, in order, within the same limits', async ({
  stack,
  skip,
}) => {
  const program = findPgBouncer() ?? skip(noPgBouncer)
  await using resources = new AsyncDisposableStack()
  const url = await startPgBouncer(program, stack.databaseUrl, resources)
  await Promise.all([migrate(url, serviceUrlsOf(url)), migrate(url, serviceUrlsOf(url))])
  const pooled = openAsServices(url, resources)
  const lines: string[] = []
  const log = createLog('test', 'info', { write: (line: string) => void lines.push(line) })
  await givenConference(stack.db)
  await stack.db.execute(sql`update lines set segments_per_second = 100`)
  // How slow this machine is today is not what is asked here: nothing is in doubt, or in the log, for that.
  const patient = { sending: { timeoutMs: 7_000 }, limits: { relaysPerMinute: texts } }
  const line = resources.use(
    await runLine({ ...stack, ...pooled, log }, { dispatchers: 2, ...patient }),
  )
  addPhones(line)

  for (let index = 0; index < texts; index += 1) {
    await line.simulator.text({ from: ana, to: group, body: `text ${index}` })
  }

  await expect.poll(() => received(line).length).toBe(texts)
  const inOrder = sql`select 'Ana: ' || body as body from messages order by seq`
  const rows = await stack.db.execute<{ body: string }>(inOrder)
  expect(received(line)).toEqual(rows.map(({ body }) => body))
  const settled = sql`select count(*)::int as n from deliveries where status = 'delivered'`
  await expect.poll(async () => (await stack.db.execute(settled))[0]).toEqual({ n: texts })
  expect(line.simulator.judge()).toMatchObject({ total: texts, doubles: [] })
  expect(lines.filter((each) => /"level":(40|50|60)/.test(each))).toEqual([])
  for (const db of [...Object.values(pooled.dbs), pooled.sendingDb]) {
    expect(await db.execute(sql`show statement_timeout`)).toEqual([{ statement_timeout: '10s' }])
  }
  expect(await pooled.sendingDb.execute(sql`show enable_sort`)).toEqual([{ enable_sort: 'off' }])
})
