import { noLimits } from '@partyline/contracts/send-limits'
import { beginAttempt, insertInbox, listWaitingInbox } from '@partyline/db/queries/inbox'
import { inbox } from '@partyline/db/schema/inbox'
import { takeInbound } from '@partyline/dispatcher/inbound/take-inbound'
import { asc } from 'drizzle-orm'
import { expect } from 'vitest'
import { ana, ben, givenConference, group } from '../../support/conference.ts'
import { test } from '../../support/stack.ts'
import { textParams } from '../../support/webhook.ts'

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

test('a text waits for the earlier ones of its sender to that line alone, and for none that has failed thrice', async ({
  stack: { db },
}) => {
  await givenConference(db)
  const keep = async (from: string, to = group) => {
    const params = textParams({ From: from, To: to })
    const [sid] = await insertInbox(
      db,
      [{ params, receivedAt: new Date().toISOString() }],
      'webhook',
    )
    return sid ?? ''
  }
  const take = (sid: string) => takeInbound(db, sid, noLimits)
  const earlier = await keep(ana)
  const later = await keep(ana)

  expect(await take(later)).toEqual({ behind: earlier })
  expect(await take(await keep(ben))).toHaveProperty('posted')
  expect(await take(await keep(ana, '+15558675311'))).toHaveProperty('posted')
  for (let tries = 1; tries <= 3; tries += 1) {
    expect(await take(later)).toEqual({ behind: earlier })
    expect(await beginAttempt(db, earlier, { early: true })).toBe(true)
  }
  expect(await take(later)).toHaveProperty('posted')
  expect(await take(earlier)).toHaveProperty('posted')
  expect(await beginAttempt(db, earlier, { early: true })).toBe(false)
})
