import type { Db } from '@partyline/db/client'
import { migrate } from '@partyline/db/migrate'
import { createProducer } from '@partyline/kit/jobs'
import { connectRedis } from '@partyline/kit/redis'
import { sql, type SQL } from 'drizzle-orm'
import { expect } from 'vitest'
import { runIngress } from '../../support/run-ingress.ts'
import { serviceUrlsOf } from '../../support/service-urls.ts'
import { noRedis, test } from '../../support/stack.ts'
import { freshSid, signedForm, textParams } from '../../support/webhook.ts'

/** Postgres's own number for "not allowed". */
const denied = '42501'
async function codeOf(db: Db, statement: SQL): Promise<string | undefined> {
  try {
    await db.execute(statement)
    return 'allowed'
  } catch (error) {
    return (error as { cause?: { code?: string } }).cause?.code
  }
}

async function tablesOf(db: Db): Promise<string[]> {
  const rows = await db.execute<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public'`,
  )
  return rows.map(({ name }) => name)
}

test('S37: ingress adds webhooks through its door, and can read none of them and nothing else', async ({
  stack,
}) => {
  const { ingress } = stack.dbs
  // With no Redis to take them they go into Postgres.
  await using resources = new AsyncDisposableStack()
  const connection = connectRedis(noRedis, 'producer', stack.log)
  const away = resources.adopt(connection, (it) => it.disconnect())
  const producer = createProducer(away, stack.prefix, stack.log)
  await using running = await runIngress(stack, { redis: away, producer })
  const inbound = signedForm('/webhooks/twilio/messages', textParams())
  const status = { MessageSid: freshSid(), MessageStatus: 'delivered' }
  const callback = signedForm('/webhooks/twilio/status', textParams(status))
  for (const each of [inbound, inbound, callback, callback]) {
    expect((await running.http.inject(each)).statusCode).toBeLessThan(300)
  }
  const kept = sql`select (select count(*) from inbox) + (select count(*) from status_events) as n`
  expect((await stack.db.execute(kept))[0]).toEqual({ n: '2' })

  for (const name of await tablesOf(stack.db)) {
    const table = sql.identifier(name)
    expect(await codeOf(ingress, sql`select * from ${table}`), `reads ${name}`).toBe(denied)
    expect(await codeOf(ingress, sql`delete from ${table}`), `deletes ${name}`).toBe(denied)
  }
  expect(await codeOf(ingress, sql`select params from inbox`)).toBe(denied)
  expect(await codeOf(ingress, sql`update inbox set params = '{}'`)).toBe(denied)
})

test('S37: realtime reads what it shows, writes nothing, and sees no password and no token', async ({
  stack,
}) => {
  const { realtime } = stack.dbs

  expect(await codeOf(realtime, sql`select * from messages`)).toBe('allowed')
  for (const name of await tablesOf(stack.db)) {
    const table = sql.identifier(name)
    expect(await codeOf(realtime, sql`delete from ${table}`), name).toBe(denied)
    expect(await codeOf(realtime, sql`insert into ${table} default values`), name).toBe(denied)
  }
  for (const secret of [
    sql`select password_hash from users`,
    sql`select * from api_tokens`,
    sql`select * from setup_links`,
    sql`select * from inbox`,
  ]) {
    expect(await codeOf(realtime, secret)).toBe(denied)
  }
})

test('S37: only the owner changes tables, and nobody changes the record of who did what', async ({
  stack,
}) => {
  for (const db of Object.values(stack.dbs)) {
    expect(await codeOf(db, sql`create table mine ()`)).toBe(denied)
    expect(await codeOf(db, sql`alter table messages add column mine int`)).toBe(denied)
    expect(await codeOf(db, sql`truncate messages`)).toBe(denied)
    expect(await codeOf(db, sql`delete from audit`)).toBe(denied)
    expect(await codeOf(db, sql`create role mine`)).toBe(denied)
  }
  const { api, dispatcher } = stack.dbs
  for (const db of [api, dispatcher]) {
    expect(await codeOf(db, sql`delete from messages`)).toBe('allowed')
  }
  expect(await codeOf(dispatcher, sql`select * from sessions`)).toBe(denied)
})

test('S37: the key that push services know us by is read by who sends alone', async ({ stack }) => {
  const { api, dispatcher, ingress, realtime } = stack.dbs
  const secret = sql`select private_key from vapid_keys`
  for (const db of [api, ingress, realtime]) expect(await codeOf(db, secret)).toBe(denied)
  expect(await codeOf(dispatcher, secret)).toBe('allowed')
  expect(await codeOf(dispatcher, sql`delete from vapid_keys`)).toBe(denied)
})

test('S37: migrating again takes back what a service was let do by hand', async ({ stack }) => {
  await stack.db.execute(sql`grant select on messages to test_ingress`)
  expect(await codeOf(stack.dbs.ingress, sql`select * from messages`)).toBe('allowed')

  await migrate(stack.databaseUrl, serviceUrlsOf(stack.databaseUrl))

  expect(await codeOf(stack.dbs.ingress, sql`select * from messages`)).toBe(denied)
})

test('S37: a service may not be the owner', async ({ stack }) => {
  const urls = { ...serviceUrlsOf(stack.databaseUrl), api: stack.databaseUrl }

  await expect(migrate(stack.databaseUrl, urls)).rejects.toMatchObject({
    cause: { message: expect.stringMatching(/must not connect as/) as string },
  })
})
