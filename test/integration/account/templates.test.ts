import { messageEndpoints } from '@partyline/contracts/api/messages'
import { templateEndpoints } from '@partyline/contracts/api/templates'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { givenDirect, givenLine } from '../../support/given.ts'
import { test } from '../../support/stack.ts'
import { askTwilio, runAccount, type Account } from './connected.ts'

const sender = 'whatsapp:+15558675310'
const person = 'whatsapp:+14155550101'

async function look({ admin }: Account) {
  await admin.call(templateEndpoints.look)
  await expect.poll(async () => (await admin.call(templateEndpoints.state)).looking).toBe(false)
  return (await admin.call(templateEndpoints.list)).items
}

const names = (found: { name: string }[]) => found.map(({ name }) => name)

test('B10: the templates of the account are taken down, and forgotten when they are gone', async ({
  stack,
}) => {
  await using account = await runAccount(stack)
  const found = await look(account)

  expect(names(found)).toEqual([
    ...['appointment_reminder', 'follow_up', 'follow_up', 'new_menu', 'opening_hours'],
    ...['order_shipped', 'spring_sale', 'verification_code'],
  ])
  expect(
    found.filter(({ canSend }) => !canSend).map(({ name, problem }) => [name, problem]),
  ).toEqual([
    ['new_menu', expect.stringContaining('twilio/media')],
    ['opening_hours', expect.stringContaining('not approved')],
    ['spring_sale', expect.stringContaining('too many relative to the message length')],
  ])

  const gone = found.find(({ name }) => name === 'order_shipped')
  await askTwilio(account.line, `/v1/Content/${gone?.id ?? ''}`, 'delete')
  expect(names(await look(account))).not.toContain('order_shipped')
})

test('what keeps the templates from being seen is told, and those that were known stay', async ({
  stack,
}) => {
  await using account = await runAccount(stack)
  await look(account)
  account.line.simulator.misbehave({ accountScript: ['unauthorized'] })

  expect(await look(account)).toHaveLength(8)
  expect(await account.admin.call(templateEndpoints.state)).toMatchObject({
    lookedAt: expect.any(String) as string,
    problem: expect.stringContaining('to read Content') as string,
  })
})

test('B31: a template reaches the phone though nobody wrote there, also when Twilio was busy at first', async ({
  stack,
}) => {
  await using account = await runAccount(stack)
  const { simulator } = account.line
  simulator.addNumber({ address: sender, name: 'WhatsApp' })
  const template = (await look(account)).find(({ name }) => name === 'appointment_reminder')
  const line = await givenLine(stack.db, { address: sender })
  const { conversationId: id } = await givenDirect(stack.db, { lineId: line.id, address: person })
  const send = (day: string, how: object = {}) =>
    account.admin.call(
      messageEndpoints.send,
      { id },
      {
        ...{ clientKey: day, templateId: template?.id, ...how },
        templateVariables: { 1: 'dentist', 2: day },
      },
    )

  simulator.misbehave({ script: ['tooManyRequests'] })
  await send('Monday')
  await send('Tuesday', { undoSeconds: 1 })

  const shown = () => simulator.messagesOn(person).map(({ body }) => body)
  const words = ['Monday', 'Tuesday'].map(
    (day) => `Your dentist appointment is coming up on ${day}`,
  )
  await expect.poll(shown, { timeout: 8_000 }).toEqual(words)
  expect(simulator.judge()).toMatchObject({ doubles: [] })
  const { items } = await account.admin.call(messageEndpoints.list, { id })
  expect(items.map(({ body }) => body)).toEqual(words.toReversed())
})

test('nobody asks Twilio for templates while nothing goes by WhatsApp', async ({ stack }) => {
  await using account = await runAccount(stack)
  await account.look()

  const looked = () => stack.db.execute(sql`select from account_looks where name = 'templates'`)
  expect(await looked()).toHaveLength(0)
  await givenLine(stack.db, { address: sender })
  await stack.producer.enqueue('account.look', {})
  await expect.poll(async () => (await looked()).length).toBe(1)
})
