import { beginAttempt, insertInbox, listWaitingInbox } from '@partyline/db/queries/inbox'
import { inbox } from '@partyline/db/schema/inbox'
import { asc } from 'drizzle-orm'
import { expect } from 'vitest'
import { test } from '../../support/stack.ts'

const sids = ['1', '2', '3'].map((n) => `SM${n.padStart(32, '0')}`)
const [first = '', ...others] = sids

test('T32: of several dispatchers one has the try, and it counts for that text alone', async ({
  stack: { db },
}) => {
  const texts = sids.map((sid) => ({
    params: { MessageSid: sid, From: '+14155550101', To: '+15558675310', Body: 'hi' },
    receivedAt: new Date().toISOString(),
  }))
  await insertInbox(db, texts, 'fallback')
  const waiting = async () => (await listWaitingInbox(db, 10)).map((text) => text.messageSid)
  expect(await waiting()).toEqual(sids)

  const tries = await Promise.all(Array.from({ length: 5 }, () => beginAttempt(db, first)))

  expect(tries.filter(Boolean)).toHaveLength(1)
  expect(await waiting()).toEqual(others)
  const rows = await db.select().from(inbox).orderBy(asc(inbox.seq))
  expect(rows.map((row) => row.attempts)).toEqual([1, 0, 0])
})
