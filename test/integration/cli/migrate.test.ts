import { writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import path from 'node:path'
import { waitForPostgres, waitForRedis } from '@partyline/cli/wait-for-stores'
import { freePort } from '@partyline/standalone/free-port'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { runCommand } from '../../support/run-command.ts'
import { withOwnRedis } from '../../support/own-redis.ts'
import { serviceUrlsOf } from '../../support/service-urls.ts'
import { test } from '../../support/stack.ts'

test('S36 S37: partyline migrate makes the users too; half of the addresses are none', async ({
  stack,
}) => {
  const owner = path.join(stack.dataFolder, 'owner')
  await writeFile(owner, `${stack.databaseUrl}\n`)
  const given = { DATABASE_URL_FILE: owner, REDIS_URL: stack.redisUrl }
  const urls = serviceUrlsOf(stack.databaseUrl)
  const addresses = Object.fromEntries(
    Object.entries(urls).map(([service, url]) => [`${service.toUpperCase()}_DATABASE_URL`, url]),
  )
  const rights = sql`select has_table_privilege('test_ingress', 'messages', 'select') as may`
  const may = async () => (await stack.db.execute(rights))[0]?.['may']
  await stack.db.execute(sql`grant select on messages to test_ingress`)
  expect(await may()).toBe(true)

  const half = await runCommand(['migrate'], { ...given, API_DATABASE_URL: urls.api })
  expect(half.code).toBe(1)
  expect(half.complained).toContain('INGRESS_DATABASE_URL, DISPATCHER_DATABASE_URL')
  expect(half.complained).not.toContain(urls.api)

  const whole = await runCommand(['migrate'], { ...given, ...addresses })
  expect(whole).toMatchObject({ code: 0, complained: '' })
  expect(whole.said).toMatch(
    /^The database is at step \d+ \(nothing to do\), and each service .*\n$/,
  )
  expect(await may()).toBe(false)
})

test('a wrong password and a database that is not there are told at once, in one line', async ({
  stack,
}) => {
  const nobody = new URL(stack.databaseUrl)
  nobody.password = 'a-wrong-canary'
  nobody.username = 'nobody'
  const refused = await runCommand(['migrate'], { DATABASE_URL: nobody.href })
  expect(refused.code).toBe(1)
  expect(refused.complained).toMatch(/^Postgres at .* cannot be used: .*Check DATABASE_URL\.\n$/)
  expect(refused.complained).not.toContain('canary')

  const elsewhere = new URL(stack.databaseUrl)
  elsewhere.pathname = '/nowhere'
  const missing = await runCommand(['migrate'], { DATABASE_URL: elsewhere.href })
  expect(missing.complained).toContain('there is no such database')
})

test('a Postgres that is not there yet is waited for', async ({ stack }) => {
  const port = await freePort()
  const url = new URL(stack.databaseUrl)
  const there = { port: Number(url.port), host: url.hostname }
  url.host = `127.0.0.1:${port}`
  await expect(waitForPostgres(url.href, 0)).rejects.toThrow('nothing listens there')

  const waiting = waitForPostgres(url.href, 30_000)
  const server = createServer((near) => near.pipe(connect(there)).pipe(near)).listen(port)
  await waiting
  server.close()
})

test('a Redis that is not there, or with another password, is told', async ({ stack }) => {
  await expect(waitForRedis('redis://127.0.0.1:1', 300)).rejects.toThrow(
    'Redis at 127.0.0.1:1 cannot be used: nothing listens there. Check REDIS_URL.',
  )
  await using own = await withOwnRedis(stack)
  const url = new URL(own.redisUrl)
  url.password = 'a-wrong-canary'
  await expect(waitForRedis(url.href, 2_000)).rejects.toThrow(/cannot be used: (?!.*canary)/)
})
