import { messageEndpoints } from '@partyline/contracts/api/messages'
import { templateEndpoints } from '@partyline/contracts/api/templates'
import { keepTemplates } from '@partyline/db/queries/templates'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenDirect, givenLine } from '../../support/given.ts'
import { test } from './running-api.ts'
import {
  givenPlace,
  givenTemplates,
  lastHours,
  said,
  sidOf,
  template,
  templateId,
} from './template-steps.ts'

test('B31: a template opens a WhatsApp conversation in which nobody has written, said once by its key', async ({
  stack: { db },
  ana,
}) => {
  await givenTemplates(db)
  const place = await givenPlace(db)
  const given = template()

  const message = await ana.call(messageEndpoints.send, place, given)
  expect(message).toMatchObject({
    body: 'Your dentist appointment is coming up on Friday',
    template: { id: templateId, variables: { 1: 'dentist', 2: 'Friday' } },
    deliveries: { total: 1 },
  })

  // Its words may change at Twilio meanwhile, or it may go.
  await keepTemplates(db, new Date(), [])
  expect((await ana.call(messageEndpoints.send, place, given)).id).toBe(message.id)
  expect((await ana.try(messageEndpoints.send, place, template())).code).toBe('template_unusable')
})

test('B10: a template with a value missing, empty or unfit is refused, naming the variable', async ({
  stack: { db },
  ana,
}) => {
  await givenTemplates(db)
  const place = await givenPlace(db)
  const refusalOf = async (values: object) =>
    (await ana.try(messageEndpoints.send, place, template(values))).message

  expect(await refusalOf({ 1: 'dentist' })).toBe('The value for {{2}} is empty.')
  expect(await refusalOf({ 1: ' ', 2: 'Friday' })).toBe('The value for {{1}} is empty.')
  expect(await refusalOf({ 1: 'a\nb', 2: 'Friday' })).toContain('{{1}} has a line break')
  expect(await refusalOf({ 1: 'a', 2: 'b', 3: 'c' })).toBe('This template has no variable {{3}}.')
  expect(await refusalOf({ 1: 'a'.repeat(1_600), 2: 'b' })).toContain('1600 can be sent')
  expect(await db.execute(sql`select from messages`)).toHaveLength(0)
})

test('only an approved template of plain text goes out, alone, and on WhatsApp only', async ({
  stack: { db },
  ana,
}) => {
  await givenTemplates(
    db,
    { sid: sidOf(2), name: 'Waits', status: 'pending' },
    { sid: sidOf(3), name: 'refused', status: 'rejected', rejectionReason: 'INVALID_FORMAT' },
    { sid: sidOf(4), name: 'menu', contentType: 'twilio/media' },
  )
  const place = await givenPlace(db)
  const refusalOf = async (templateId: string) =>
    (await ana.try(messageEndpoints.send, place, { ...template(), templateId })).message

  expect(await refusalOf(sidOf(2))).toContain('not approved it yet')
  expect(await refusalOf(sidOf(3))).toContain('WhatsApp rejected it: INVALID_FORMAT.')
  expect(await refusalOf(sidOf(4))).toContain('more than plain text')
  expect(await refusalOf(sidOf(5))).toContain('no longer in the Twilio account')
  expect(await refusalOf('hello')).toBe(
    'This is no template: give the id of one from the list of templates (HX…).',
  )
  const both = { ...template(), body: 'Hi' }
  expect(await ana.try(messageEndpoints.send, place, both)).toMatchObject({ status: 400 })

  const line = await givenLine(db, { address: '+15558675311' })
  const sms = await givenDirect(db, { lineId: line.id, address: '+14155550101' })
  const answer = await ana.try(messageEndpoints.send, { id: sms.conversationId }, template())
  expect(answer).toMatchObject({ status: 409, code: 'template_unusable' })
})

test('B30: free text outside the 24 hours is refused, and so is one that would leave after them', async ({
  stack: { db },
  ana,
}) => {
  const place = await givenPlace(db, { wrote: true })
  const send = (given: object = {}) =>
    ana.try(messageEndpoints.send, place, said({ body: 'Hi', ...given }))
  const inHours = (hours: number) => ({
    sendAt: new Date(Date.now() + hours * 3_600_000).toISOString(),
  })

  expect((await send()).status).toBe(202)
  expect((await send(inHours(23))).status).toBe(202)
  expect(await send(inHours(25))).toMatchObject({
    code: 'window_closed',
    message: expect.stringContaining('Choose an earlier time, or send a template') as string,
  })
  await givenTemplates(db)
  const later = { ...template(), ...inHours(25) }
  expect((await ana.try(messageEndpoints.send, place, later)).status).toBe(202)

  await lastHours(db, 25)
  for (const how of [{}, { undoSeconds: 5 }]) {
    expect(await send(how)).toMatchObject({
      code: 'window_closed',
      message: expect.stringContaining('more than 24 hours old') as string,
    })
  }
})

test('B32: on Messenger nothing goes before they have written, and there are no templates', async ({
  stack: { db },
  ana,
}) => {
  await givenTemplates(db)
  const line = await givenLine(db, { address: 'messenger:1234' })
  const { conversationId } = await givenDirect(db, { lineId: line.id, address: 'messenger:99' })
  const send = (given: object) => ana.try(messageEndpoints.send, { id: conversationId }, given)

  expect(await send(said({ body: 'Hi' }))).toMatchObject({
    code: 'window_closed',
    message: expect.stringContaining('wait until they write') as string,
  })
  expect((await send(template())).code).toBe('template_unusable')
})

test('templates are listed by name page by page, and found by name or text', async ({
  stack: { db },
  ana,
}) => {
  await givenTemplates(
    db,
    { sid: sidOf(2), name: 'Zoo', body: 'Ours is 100% open', samples: {}, status: 'pending' },
    { sid: sidOf(3), name: 'bye' },
  )
  const names = async (given: object) =>
    (await ana.call(templateEndpoints.list, {}, given)).items.map(({ name }) => name)

  expect(await names({})).toEqual(['appointment_reminder', 'bye', 'Zoo'])
  expect(await names({ sendable: true })).toEqual(['appointment_reminder', 'bye'])
  expect(await names({ q: '100%' })).toEqual(['Zoo'])
  expect(await names({ q: 'ZO' })).toEqual(['Zoo'])
  const first = await ana.call(templateEndpoints.list, {}, { limit: 2 })
  expect(await names({ limit: 2, cursor: first.nextCursor ?? '' })).toEqual(['Zoo'])
  expect(first.items[0]).toMatchObject({
    variables: [
      { name: '1', sample: 'dentist' },
      { name: '2', sample: 'July 21' },
    ],
    ...{ canSend: true, problem: null },
  })
})
