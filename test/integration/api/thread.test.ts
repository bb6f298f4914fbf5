import { type Message, messageEndpoints } from '@partyline/contracts/api/messages'
import { threadEndpoints, transcriptPath } from '@partyline/contracts/api/thread'
import { deliveries } from '@partyline/db/schema/deliveries'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenThree } from '../security/capped-api.ts'
import { makeDirect } from './conversation-steps.ts'
import { givenTexts } from './given-texts.ts'
import { sendMessage } from './message-steps.ts'
import { test } from './running-api.ts'

const seqs = (items: Message[]) => items.map(({ seq }) => seq)

test('a page around a message has it in the middle and leads on both ways, without a hole', async ({
  stack,
  admin,
  ana,
}) => {
  const { id } = await makeDirect(admin)
  await givenTexts(stack.db, id, 30, {
    body: sql`'text ' || n`,
    at: sql`timestamptz '2026-03-01T00:00:00Z' + n * interval '1 hour'`,
  })
  const list = (query: object) => ana.call(messageEndpoints.list, { id }, query)

  const middle = await list({ around: 12, limit: 6 })
  expect(seqs(middle.items)).toEqual([14, 13, 12, 11, 10, 9])
  expect(middle.newerAfter).toBe(14)
  const older = await list({ cursor: middle.nextCursor, limit: 6 })
  expect(seqs(older.items)).toEqual([8, 7, 6, 5, 4, 3])
  expect(seqs((await list({ before: 9, limit: 3 })).items)).toEqual([8, 7, 6])
  const newer = await list({ after: middle.newerAfter, limit: 6 })
  expect(seqs(newer.items)).toEqual([15, 16, 17, 18, 19, 20])

  const end = await list({ around: 30, limit: 6 })
  expect(seqs(end.items)).toEqual([30, 29, 28, 27, 26, 25])
  expect(end.newerAfter).toBeNull()
  expect((await list({ around: 1, limit: 6 })).nextCursor).toBeNull()

  const dated = await list({ at: '2026-03-01T09:30:00Z', limit: 4 })
  expect([dated.around, seqs(dated.items)]).toEqual([10, [11, 10, 9, 8]])
  expect((await list({ at: '2027-01-01T00:00:00Z', limit: 4 })).around).toBe(30)
})

test('A41: what failed of a group text is sent again to all of them at once, each once, and not to who left', async ({
  stack,
  ana,
  ben,
}) => {
  const { conversationId } = await givenThree(stack)
  const text = await sendMessage(ana, conversationId, 'Doors open at six', 'k1')
  await stack.db.execute(sql`
    update deliveries set state = 'accepted', status = 'undelivered', status_rank = 6, attempt = 1,
      error_code = 30003, twilio_sid = 'SM' || replace(id::text, '-', '')
  `)
  await stack.db.execute(sql`
    update deliveries set state = 'cancelled', cause = 'opted_out' where id = (select min(id::text)::uuid from deliveries)
  `)
  const ask = (filter?: string) =>
    ana.call(messageEndpoints.deliveries, { id: text.id }, filter ? { filter } : {})
  expect((await ask('problems')).items).toHaveLength(3)

  expect(await ana.call(threadEndpoints.retryable, { id: text.id })).toEqual({
    failed: 2,
    late: 0,
    withdrawn: 0,
    held: [],
  })
  const again = await Promise.all(
    [ana, ben, ana].map((client) => client.call(threadEndpoints.retryFailed, { id: text.id }, {})),
  )

  expect(again.reduce((sum, { queued }) => sum + queued, 0)).toBe(2)
  expect(await stack.db.$count(deliveries, sql`state = 'queued' and attempt = 2`)).toBe(2)
  expect((await ask()).items.map(({ status }) => status)).toEqual(['cancelled', 'queued', 'queued'])
  expect((await ask('waiting')).items).toHaveLength(2)
  const waiting = await ana.call(threadEndpoints.waiting, { id: text.id })
  expect(waiting).toMatchObject({ waiting: true, stopped: false, segmentsAhead: 2 })
})

test('A41: what failed is sent again neither to who has left since nor to where nothing can arrive', async ({
  stack: { db, ...stack },
  ana,
}) => {
  const { conversationId } = await givenThree({ db, ...stack })
  const text = await sendMessage(ana, conversationId, 'Doors open at six', 'k1')
  await db.execute(sql`
    update deliveries set state = 'accepted', status = 'undelivered', status_rank = 6, attempt = 1
  `)
  const sent = await db.select().from(deliveries)
  const [gone, landline, third] = sent.map(({ memberId, address }) => ({ memberId, address }))
  await db.execute(sql`update members set left_at = now() where id = ${gone?.memberId}`)
  await db.execute(sql`
    insert into unreachable_addresses (address, error_code) values (${landline?.address}, 30006)
  `)

  const again = await ana.call(threadEndpoints.retryFailed, { id: text.id }, {})

  const queued = await db
    .select()
    .from(deliveries)
    .where(sql`state = 'queued'`)
  expect(queued.map(({ address }) => address)).toEqual([third?.address])
  expect(again).toEqual({ queued: 1, late: 0, withdrawn: 0 })
})

test('the passport of a text tells each step of its way, with its ids', async ({
  stack,
  admin,
  ana,
}) => {
  const { id } = await makeDirect(admin)
  const text = await sendMessage(ana, id, 'Your table is ready', 'k1')
  await stack.db.execute(sql`
    with sent as (
      update deliveries set state = 'accepted', attempt = 1, attempt_at = now(), twilio_sid = 'SM1',
        status = 'undelivered', status_rank = 6, error_code = 30003
      returning id
    ), tried as (
      insert into send_attempts (delivery_id, attempt, outcome, twilio_sid, claimed_at)
      select id, 1, 'accepted', 'SM1', now() from sent
    )
    insert into status_events (message_sid, status, source, rank, error_code, params, received_at, applied_at)
    values ('SM1', 'undelivered', 'asked', 6, 30003, '{}', now() + interval '2 seconds', now() + interval '3 seconds'),
      ('SM1', 'sent', 'callback', 4, null, '{}', now() + interval '1 second', now() + interval '1 second')
  `)

  const passport = await ana.call(threadEndpoints.passport, { id: text.id })

  expect(passport.steps).toMatchObject([{ kind: 'written', seq: 1 }])
  expect(passport.delivery?.steps).toMatchObject([
    { kind: 'addressed', deliveryId: text.delivery?.id },
    { kind: 'claimed', attempt: 1 },
    { kind: 'asked', outcome: 'accepted', twilioSid: 'SM1' },
    { kind: 'status', source: 'callback', status: 'sent', error: null },
    { kind: 'status', source: 'asked', status: 'undelivered', error: { code: 30003 } },
  ])
})

test('a transcript has every message, in order, and no cell that a spreadsheet would run', async ({
  stack,
  admin,
  ana,
}) => {
  const { id } = await makeDirect(admin)
  await givenTexts(stack.db, id, 1203, {
    body: sql`case n when 2 then '=HYPERLINK("http://x")' else 'text ' || n end`,
  })

  const csv = (await ana.get(transcriptPath(id, 'csv'))).text.trim().split('\r\n')
  expect(csv).toHaveLength(1204)
  expect(csv[2]).toContain(`Mara,'+14155550131,"'=HYPERLINK(""http://x"")"`)
  const { text, headers } = await ana.get(transcriptPath(id, 'json'))
  const read = JSON.parse(text) as Message[]
  expect(read.map(({ seq }) => seq)).toEqual(Array.from({ length: 1203 }, (_, index) => index + 1))
  expect(headers['content-disposition']).toMatch(/attachment; filename="transcript-.*\.json"/)
})
