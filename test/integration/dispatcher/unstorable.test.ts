import { insertInbox } from '@partyline/db/queries/inbox'
import { insertStatusEvents } from '@partyline/db/queries/status-events'
import { inbox } from '@partyline/db/schema/inbox'
import fc from 'fast-check'
import { expect } from 'vitest'
import { test } from '../../support/stack.ts'

const receivedAt = new Date().toISOString()
let count = 0
const nextSid = () => `SM${String((count += 1)).padStart(32, '0')}`
const webhook = (sid: string, body: string) => ({
  params: { MessageSid: sid, From: '+14155550101', To: '+15558675310', Body: body },
  receivedAt,
})

/** Any sequence of code units: NUL and halves of surrogate pairs are as likely as letters. */
const unit = fc.oneof(
  fc.constantFrom('\0', '\uD83D', '\uDE00', '\uFFFF', '\u202E', '\\', '"', '😀'),
  fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
)
const bodies = fc.array(fc.string({ unit, maxLength: 40 }), { minLength: 100, maxLength: 100 })

test('T32: of 10,000 texts of any characters each is kept, whatever comes with it', async ({
  stack,
}) => {
  await fc.assert(
    fc.asyncProperty(bodies, async (given) => {
      const webhooks = given.map((body) => webhook(nextSid(), body))
      const kept = await insertInbox(stack.db, webhooks, 'webhook')
      expect(new Set(kept)).toEqual(new Set(webhooks.map(({ params }) => params.MessageSid)))
    }),
    { numRuns: 100 },
  )
})

test('T32: a text with NUL keeps everything else of it, with a note; its neighbour is untouched', async ({
  stack,
}) => {
  const [odd, plain] = [nextSid(), nextSid()]
  await insertInbox(stack.db, [webhook(odd, 'a\0b\uD83D'), webhook(plain, 'fine 😀')], 'webhook')

  const rows = await stack.db.select().from(inbox).orderBy(inbox.seq)
  expect(rows).toMatchObject([
    { params: { Body: 'a\uFFFDb\uFFFD' }, note: expect.stringContaining('replaced') as string },
    { params: { Body: 'fine 😀' }, note: null },
  ])
})

test('a status callback with NUL does not keep the others from being kept', async ({ stack }) => {
  const callback = (sid: string, more: string) => ({
    params: { MessageSid: sid, MessageStatus: 'sent', ChannelToAddress: more },
    ...{ receivedAt, deliveryId: null, attempt: null },
  })
  const sids = [nextSid(), nextSid()] as const

  const kept = await insertStatusEvents(stack.db, [callback(sids[0], '\0'), callback(sids[1], '')])
  expect(new Set(kept)).toEqual(new Set(sids))
})
