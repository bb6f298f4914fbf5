import { connectPostgres, createDb } from '@partyline/db/client'
import { migrate } from '@partyline/db/migrate'
import { ping } from '@partyline/db/queries/ping'
import { connectSending, createSendingDb } from '@partyline/db/sending-pool'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { serviceUrlsOf } from '../../support/service-urls.ts'
import { test } from '../../support/stack.ts'
import { startTlsPostgres } from '../../support/tls-postgres.ts'

/** Which of the two, the answer or the end, is seen first is a matter of luck. */
const rounds = 8

const encrypted = sql`select ssl from pg_stat_ssl where pid = pg_backend_pid()`

test('sslmode means what it means elsewhere, and a connection over TLS that is cut ends nothing else', async ({
  stack,
}) => {
  await using resources = new AsyncDisposableStack()
  const nobodysFailures: unknown[] = []
  const note = (reason: unknown) => void nobodysFailures.push(reason)
  process.on('unhandledRejection', note)
  resources.defer(() => void process.off('unhandledRejection', note))
  const { url, certificate } = await startTlsPostgres(stack.dataFolder, resources)
  const open = (given: string) =>
    resources.adopt(connectPostgres(given, { name: 'tls', max: 1 }), (it) => it.end({ timeout: 1 }))
  const ask = (given: string) =>
    createDb(open(given))
      .execute(encrypted)
      .then(([row]) => row?.['ssl'])
  const byAddress = url.replace('localhost', '127.0.0.1')
  const trusted = `sslrootcert=${encodeURIComponent(certificate.ca)}`

  const full = `${url}?sslmode=verify-full&${trusted}`
  await expect.poll(() => ask(full).catch(() => 'not yet')).toBe(true)
  expect(await ask(url)).toBe(false)
  expect(await ask(`${url}?sslmode=require&channel_binding=prefer`)).toBe(true)
  expect(await ask(`${byAddress}?sslmode=verify-ca&${trusted}`)).toBe(true)
  expect(await ask(`${byAddress}?sslmode=prefer`)).toBe(true)
  const refused = { cause: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' } }
  await expect(ask(`${byAddress}?sslmode=verify-full&${trusted}`)).rejects.toMatchObject(refused)
  const unknown = { cause: { message: expect.stringMatching(/certificate/) as string } }
  await expect(ask(`${url}?sslmode=verify-full`)).rejects.toMatchObject(unknown)

  await migrate(full, serviceUrlsOf(full))
  const sending = resources.adopt(connectSending(serviceUrlsOf(full).dispatcher), (it) =>
    it.end({ timeout: 1 }),
  )
  const sendingDb = createSendingDb(sending)
  await ping(sendingDb)
  expect((await sendingDb.execute(encrypted))[0]).toEqual({ ssl: true })

  const pool = open(full)
  for (let times = 0; times < rounds; times += 1) {
    const cut = pool.begin(async (tx) => {
      await tx`select pg_terminate_backend(pg_backend_pid()), ${times}::int`
    })
    await expect(cut).rejects.toThrow()
    await expect.poll(() => pool`select 1 as one`.catch(() => 'refused')).toEqual([{ one: 1 }])
  }
  expect(nobodysFailures).toEqual([])
})

test('a Postgres that does not speak TLS is refused where it must, and used where it may', async ({
  stack,
}) => {
  const plain = `${stack.databaseUrl}?sslmode=`
  const required = connectPostgres(`${plain}require`, { name: 'tls', max: 1 })
  const preferred = connectPostgres(`${plain}prefer`, { name: 'tls', max: 1 })

  await expect(required`select 1`).rejects.toThrow('does not speak TLS')
  await expect(required`select 1`).rejects.toThrow('does not speak TLS')
  expect(await preferred`select 1 as one`).toEqual([{ one: 1 }])

  await Promise.all([required, preferred].map((sql) => sql.end({ timeout: 1 })))
})
