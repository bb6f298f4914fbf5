import { randomUUID } from 'node:crypto'
import { connectPostgres, createDb } from '@partyline/db/client'
import { migrate } from '@partyline/db/migrate'
import { databaseUsers, MayNotMakeUsersError } from '@partyline/db/roles'
import { serviceUrls } from '@partyline/db/service-urls'
import { createSendingDb, connectSending } from '@partyline/db/sending-pool'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { expect, inject } from 'vitest'
import { findPgBouncer, noPgBouncer, startPgBouncer } from '../../support/pgbouncer.ts'
import { test } from '../../support/stack.ts'

/** A database whose owner is no superuser, as one is given by somebody who runs Postgres for others. */
async function givenDatabase(
  rights: 'createrole' | 'nocreaterole',
  resources: AsyncDisposableStack,
) {
  const name = `managed_${randomUUID().slice(0, 8)}`
  const admin = resources.adopt(
    postgres(inject('postgresUrl'), { max: 1, onnotice: () => undefined }),
    (it) => it.end(),
  )
  const users = databaseUsers.map((service) => `${name}_${service}`)
  await admin`create role ${admin(name)} login password 'p' ${rights === 'createrole' ? admin`createrole` : admin``}`
  await admin`create database ${admin(name)} owner ${admin(name)}`
  resources.defer(async () => {
    await admin`drop database ${admin(name)} with (force)`
    for (const each of [...users, name]) await admin`drop role if exists ${admin(each)}`
  })
  const url = new URL(inject('postgresUrl'))
  Object.assign(url, { pathname: `/${name}`, username: name, password: 'p' })
  const urls = serviceUrls(url.href, (service) => ({ name: `${name}_${service}`, password: 'q' }))
  return { name, url: url.href, urls }
}

const limit = sql`show statement_timeout`

test('S37: an owner who may make users needs nothing else; one who may not is told what to set', async () => {
  await using resources = new AsyncDisposableStack()
  const able = await givenDatabase('createrole', resources)
  const unable = await givenDatabase('nocreaterole', resources)

  await Promise.all([migrate(able.url, able.urls), migrate(able.url, able.urls)])
  const sql = resources.adopt(connectPostgres(able.urls.api, { name: 'test' }), (it) => it.end())
  expect(await createDb(sql).execute(limit)).toEqual([{ statement_timeout: '10s' }])

  const refused = migrate(unable.url, unable.urls)
  await expect(refused).rejects.toThrow(MayNotMakeUsersError)
  await expect(refused).rejects.toThrow(/DATABASE_USERS=shared/)
  await migrate(unable.url)
})

test('a user that all services share has the same limits, behind a pooler that was there before them too', async ({
  skip,
}) => {
  const program = findPgBouncer() ?? skip(noPgBouncer)
  await using resources = new AsyncDisposableStack()
  const { name, url } = await givenDatabase('nocreaterole', resources)
  const pooled = await startPgBouncer(program, url, resources, { [name]: 'p' })

  await Promise.all(Array.from({ length: 6 }, () => migrate(pooled)))

  for (const given of [url, pooled]) {
    const pool = resources.adopt(connectPostgres(given, { name: 'test' }), (it) => it.end())
    const sending = resources.adopt(connectSending(given), (it) => it.end({ timeout: 1 }))
    for (const db of [createDb(pool), createSendingDb(sending)]) {
      expect(await db.execute(limit)).toEqual([{ statement_timeout: '10s' }])
    }
  }
})
