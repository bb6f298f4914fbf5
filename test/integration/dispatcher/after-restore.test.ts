import { noLimits } from '@partyline/contracts/send-limits'
import { connectPostgres, type Db } from '@partyline/db/client'
import { insertInbox } from '@partyline/db/queries/inbox'
import { releaseRestored } from '@partyline/db/queries/reconcile'
import { scheduleMessage } from '@partyline/db/queries/scheduled'
import { sendNextDue } from '@partyline/db/queries/send-next-due'
import { createUser } from '@partyline/db/queries/users'
import { deliveries } from '@partyline/db/schema/deliveries'
import { takeInbound } from '@partyline/dispatcher/inbound/take-inbound'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import { expect } from 'vitest'
import { ana, ben, givenConference, group } from '../../support/conference.ts'
import { test } from '../../support/stack.ts'
import { textParams } from '../../support/webhook.ts'

const minuteMs = 60_000
const ago = (ms: number) => new Date(Date.now() - ms)

async function keepText(db: Db, receivedAt: Date): Promise<string> {
  const params = textParams({ From: ana, To: group })
  const [sid] = await insertInbox(db, [{ params, receivedAt: receivedAt.toISOString() }], 'webhook')
  return sid ?? ''
}
const hold = (db: Db) =>
  db.execute(sql`insert into backfills (name, watermark) values ('reconcile', now())`)
const states = async (db: Db) =>
  (await db.select().from(deliveries)).map((delivery) => delivery.state)

test('T33: a text that waited in the copy that was put back is looked up before it is relayed; a later one is not', async ({
  stack: { db },
}) => {
  await givenConference(db)
  const waited = await keepText(db, ago(minuteMs))
  await hold(db)
  await releaseRestored(db, ago(minuteMs), [ben])

  await takeInbound(db, waited, noLimits)
  expect(await states(db)).toEqual(['unknown'])

  await takeInbound(db, await keepText(db, new Date(Date.now() + minuteMs)), noLimits)
  expect((await states(db)).toSorted()).toEqual(['queued', 'unknown'])
})

test('T33: a text that is being taken in while the hold ends is looked up too', async ({
  stack: { db },
}) => {
  await givenConference(db)
  const waited = await keepText(db, ago(minuteMs))
  await hold(db)
  const taken = Promise.withResolvers<undefined>()
  const mayCommit = Promise.withResolvers<undefined>()
  const taking = db.transaction(async (tx) => {
    await takeInbound(tx, waited, noLimits)
    taken.resolve(undefined)
    await mayCommit.promise
  })
  await taken.promise

  const releasing = releaseRestored(db, ago(minuteMs), [ben])
  const blocked = sql`
    select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
  `
  await expect.poll(() => db.execute(blocked)).toHaveLength(1)
  mayCommit.resolve(undefined)
  await Promise.all([taking, releasing])

  expect(await states(db)).toEqual(['unknown'])
})

test('T33: a planned text whose time was before the restore is looked up before it is sent', async ({
  stack: { db },
}) => {
  const { conversationId } = await givenConference(db)
  const user = await createUser(db, {
    ...{ email: 'uma@example.com', name: 'Uma', role: 'agent', passwordHash: 'none' },
  })
  const text = { conversationId, body: 'planned', mediaIds: [], clientKey: 'planned' }
  await scheduleMessage(db, { ...text, user: user ?? { id: '', name: '' } }, ago(minuteMs))
  await hold(db)
  await releaseRestored(db, ago(minuteMs), [])

  await sendNextDue(db, noLimits)

  expect(await states(db)).toEqual(['unknown', 'unknown'])
})

test('while nothing was put back, no text costs a statement for it', async ({
  stack: { db, databaseUrl },
}) => {
  await givenConference(db)
  const sid = await keepText(db, new Date())
  await using resources = new AsyncDisposableStack()
  const pool = resources.adopt(connectPostgres(databaseUrl, { name: 'test' }), (it) => it.end())
  const statements: string[] = []
  const watched = drizzle(pool, { logger: { logQuery: (text) => void statements.push(text) } })

  await takeInbound(watched, sid, noLimits)

  const about = statements.filter((text) => text.includes('backfills'))
  expect(about).toEqual([expect.stringContaining('inbox')])
  expect(await states(db)).toEqual(['queued'])
})
