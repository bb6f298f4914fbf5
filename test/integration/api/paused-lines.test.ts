import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { lineEndpoints } from '@partyline/contracts/api/lines'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { threadEndpoints } from '@partyline/contracts/api/thread'
import { pauseLine } from '@partyline/db/queries/pause-line'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { auditRows } from './audit-rows.ts'
import { makeLine, test } from './running-api.ts'

test('an administrator pauses a line and resumes it; what waits says so, and both are written down once', async ({
  stack: { db },
  admin,
  ana,
}) => {
  const { id: lineId } = await makeLine(admin)
  const move = (paused: boolean) => admin.call(lineEndpoints.change, { id: lineId }, { paused })
  const refused = await ana.try(lineEndpoints.change, { id: lineId }, { paused: true })
  expect(refused.status).toBe(403)

  const { pausedAt } = await move(true)
  expect(await move(true)).toMatchObject({ pausedAt, pausedFor: null })
  const body = { lineId, address: '+12065550101' }
  const { id } = await ana.call(conversationEndpoints.create, {}, body)
  const text = { body: 'Hello', clientKey: 'a' }
  const message = await ana.call(messageEndpoints.send, { id }, text)
  const waiting = () => ana.call(threadEndpoints.waiting, { id: message.id })
  expect(await waiting()).toMatchObject({ waiting: true, stopped: false, paused: true })

  expect(await move(false)).toMatchObject({ pausedAt: null })
  expect(await move(false)).toMatchObject({ pausedAt: null })
  expect(await waiting()).toMatchObject({ waiting: true, paused: false })
  const acts = (await auditRows(db)).map(({ action }) => action)
  expect(acts.filter((action) => /paused|resumed|line.changed/.test(action))).toEqual([
    'line.paused',
    'line.resumed',
  ])
})

test('a line that was paused because texts fail says with what, in words, until it is resumed', async ({
  stack: { db },
  admin,
}) => {
  const { id } = await makeLine(admin)
  await db.transaction((tx) => pauseLine(tx, id, 30034))

  const [line] = (await admin.call(lineEndpoints.list)).items
  expect(line?.pausedFor).toEqual({
    code: 30034,
    reason: 'The number is not registered for business texting in the US.',
    advice: expect.stringContaining('Twilio console') as string,
  })
  // Somebody who pauses it too does not hide the reason.
  await admin.call(lineEndpoints.change, { id }, { paused: true, name: 'Other' })
  const told = (await admin.call(lineEndpoints.list)).items
  expect(told).toMatchObject([{ name: 'Other', pausedFor: { code: 30034 } }])
  await admin.call(lineEndpoints.change, { id }, { paused: false })
  await db.transaction((tx) => pauseLine(tx, id, null))
  expect(await db.execute(sql`select paused_for from lines`)).toMatchObject([{ paused_for: null }])
})
