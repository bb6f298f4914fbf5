import { deadLetterEndpoints } from '@partyline/contracts/api/dead-letters'
import { webhookLogEndpoints } from '@partyline/contracts/api/webhook-log'
import { goodWebhooksKey, refusedWebhooksKey } from '@partyline/contracts/webhook-notes'
import { applyStatusEvents } from '@partyline/db/queries/apply-statuses'
import { deleteConversations } from '@partyline/db/queries/delete-conversation'
import { insertInbox } from '@partyline/db/queries/inbox'
import { insertStatusEvents } from '@partyline/db/queries/status-events'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { textIn } from '../../support/text-in.ts'
import { freshSid, textParams } from '../../support/webhook.ts'
import { callback, givenClaimed } from '../dispatcher/claimed-text.ts'
import { test } from './running-api.ts'

test('the webhook log tells what came, what was refused, and which setting mends it', async ({
  stack: { redis, prefix },
  admin,
  ana,
}) => {
  const path = '/webhooks/twilio/messages'
  const at = new Date().toISOString()
  await redis.hset(goodWebhooksKey(prefix), path, at)
  const url = `http://localhost:8080${path}`
  const bad = { at, url, reason: 'bad signature' }
  const refused = [
    { ...bad, matchingUrl: `https://hub.example.com${path}` },
    { ...bad, matchingUrl: `${url}/` },
    bad,
    { ...bad, reason: 'no signature' },
    { ...bad, reason: 'foreign account' },
  ]
  for (const entry of refused) await redis.rpush(refusedWebhooksKey(prefix), JSON.stringify(entry))

  const log = await admin.call(webhookLogEndpoints.get)

  expect(log.routes.map(({ lastGoodAt }) => lastGoodAt)).toEqual([at, null, null])
  expect(log.refused.map(({ setting }) => setting)).toEqual([
    'PUBLIC_URL',
    null,
    'TWILIO_AUTH_TOKEN',
    null,
    'TWILIO_ACCOUNT_SID',
  ])
  expect(log.refused[0]?.advice).toContain('Set PUBLIC_URL to that')
  expect((await ana.try(webhookLogEndpoints.get)).status).toBe(403)
})

test('what is kept of a text is taken in again where it is missing, and stays where it is not', async ({
  stack,
  admin,
}) => {
  const { db } = stack
  const replay = (messageSid: string) =>
    admin.try(webhookLogEndpoints.replay, {}, { messageSid }).then(({ text }) => text)
  const there = freshSid()
  await textIn(db, { From: '+14155550101', To: '+12125550100', MessageSid: there })
  expect(await replay(there)).toContain('already')

  await db.execute(sql`delete from conversations`)
  expect(await replay(there)).toContain('queued')
  const waiting = await db.execute(sql`select from inbox where processed_at is null`)
  expect(waiting).toHaveLength(1)

  const erased = freshSid()
  const { conversationId = '' } =
    (await textIn(db, { From: '+14155550101', To: '+12125550100', MessageSid: erased }))?.posted[0]
      ?.message ?? {}
  await db.transaction((tx) => deleteConversations(tx, [conversationId]))
  expect(await replay(erased)).toContain('deleted')

  const sent = freshSid()
  const told = { MessageSid: sent, MessageStatus: 'delivered' }
  const about = { deliveryId: null, attempt: null, receivedAt: new Date().toISOString() }
  await insertStatusEvents(db, [{ params: told, ...about }])
  expect(await replay(sent)).toContain('queued')
  expect(await replay(freshSid())).toContain('fetch what never came')

  expect(await admin.call(webhookLogEndpoints.replay, {}, { hours: 2 })).toEqual({
    outcome: 'compares',
  })
  expect((await admin.call(webhookLogEndpoints.get)).comparison).toMatchObject({ state: 'waiting' })
})

test('a status that a text shows already is not told again: an address stays as it was found since', async ({
  stack: { db },
  admin,
}) => {
  const claim = await givenClaimed(db)
  const sid = freshSid()
  await callback(db, claim, sid, 'sent')
  await callback(db, claim, sid, 'undelivered', '30006')
  const replay = () => admin.call(webhookLogEndpoints.replay, {}, { messageSid: sid })

  expect(await replay()).toEqual({ outcome: 'already' })

  await db.execute(sql`update deliveries set status = 'sent', status_rank = 4`)
  expect(await replay()).toEqual({ outcome: 'queued' })
  const { failures } = await applyStatusEvents(db, [sid])
  expect(failures).toEqual([{ id: claim.id, lineId: claim.lineId, errorCode: 30006 }])
})

test('a dead letter that is given up is gone, and its SID is never taken for a new text', async ({
  stack: { db },
  admin,
}) => {
  const params = textParams()
  const webhook = { params, receivedAt: new Date().toISOString() }
  await insertInbox(db, [webhook], 'webhook')
  await db.execute(sql`update inbox set attempts = 10, last_error = 'Error: no'`)
  const sid = params['MessageSid'] ?? ''

  await admin.call(deadLetterEndpoints.remove, { sid })

  expect((await admin.call(deadLetterEndpoints.list)).items).toEqual([])
  expect(await insertInbox(db, [webhook], 'backfill')).toEqual([])
  expect((await admin.try(deadLetterEndpoints.remove, { sid })).status).toBe(404)
})
