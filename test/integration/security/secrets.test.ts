import { tokenEndpoints } from '@partyline/contracts/api/session'
import type { Db } from '@partyline/db/client'
import { deliveries } from '@partyline/db/schema/deliveries'
import { createLog } from '@partyline/kit/log'
import { createS3Blobs } from '@partyline/kit/s3-blobs'
import { eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenGroup } from '../../support/given.ts'
import { withOwnRedis } from '../../support/own-redis.ts'
import { runLine } from '../../support/run-line.ts'
import { serviceUrlsOf } from '../../support/service-urls.ts'
import { type Stack, test } from '../../support/stack.ts'
import { account } from '../../support/webhook.ts'
import { Client } from '../api/client.ts'
import { runApi } from '../api/running-api.ts'

const group = '+15558675310'
const people = { '+14155559173': 'Ana', '+14155558264': 'Ben' }
const [ana] = Object.keys(people) as [string]
const admin = { email: 'ada@example.com', password: 'c4nary-of-the-first-admin' }
const s3Secret = 's3cr3t-canary-of-the-bucket'

/** Every row of every table, as text. */
async function dump(db: Db): Promise<string> {
  const tables = await db.execute<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public'`,
  )
  const rows = await Promise.all(
    tables.map(({ name }) => db.execute(sql`select t::text from ${sql.identifier(name)} as t`)),
  )
  return JSON.stringify(rows)
}

/** A group text in, out and delivered, with the auth token at work in every step. */
async function textGoesRound(stack: Stack) {
  await givenGroup(stack.db, { address: group, members: people })
  await using line = await runLine(stack)
  line.simulator.addNumber({ address: group, name: 'Conference' })
  for (const [address, name] of Object.entries(people)) line.simulator.addPhone({ address, name })
  line.simulator.misbehave({ script: ['failBefore'] })
  await line.simulator.text({ from: ana, to: group, body: 'Hello' })
  const delivered = eq(deliveries.status, 'delivered')
  await expect.poll(() => stack.db.$count(deliveries, delivered)).toBe(1)
}

/** What somebody who signs in holds from then on. */
async function signIn(stack: Stack): Promise<string[]> {
  await using api = runApi(stack, { admin })
  await api.api.start()
  const ada = new Client(api.http)
  expect((await ada.signIn(admin.email, admin.password)).status).toBe(200)
  expect((await new Client(api.http).signIn(admin.email, s3Secret)).status).toBe(401)
  const { token } = await ada.call(tokenEndpoints.create, {}, { name: 'script' })
  return [ada.cookie?.split('=')[1] ?? 'no cookie', token]
}

test('S36: no secret is in a log, in the database or in Redis, whatever they were used for', async ({
  stack: given,
}) => {
  await using own = await withOwnRedis(given)
  const lines: string[] = []
  const log = createLog('test', 'debug', { write: (line: string) => void lines.push(line) })
  const stack = { ...own, log }

  await textGoesRound(stack)
  const held = await signIn(stack)
  const blobs = createS3Blobs({
    ...{ endpoint: 'http://127.0.0.1:1', bucket: 'none', region: 'x', pathStyle: true },
    ...{ accessKeyId: 'key', secretAccessKey: s3Secret },
  })
  await blobs.put(Buffer.from('x')).catch((error: unknown) => log.error({ error }, 'not stored'))

  const passwords = Object.values(serviceUrlsOf(stack.databaseUrl)).map(
    (url) => new URL(url).password,
  )
  const secrets = [account.token, admin.password, s3Secret, ...held, ...passwords]
  const database = await dump(stack.db)
  const redis = await stack.written()
  expect(lines.length).toBeGreaterThan(3)
  expect(database).toContain(admin.email)
  expect(redis).toContain('inbound.accept')
  for (const secret of secrets) {
    for (const form of [secret, decodeURIComponent(secret)]) {
      expect(secret.length).toBeGreaterThan(15)
      expect(lines.filter((line) => line.includes(form))).toEqual([])
      expect(database).not.toContain(form)
      expect(redis).not.toContain(form)
    }
  }
})
