import { accountEndpoints } from '@partyline/contracts/api/account'
import { auditEndpoints } from '@partyline/contracts/api/audit'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { lineEndpoints } from '@partyline/contracts/api/lines'
import { feedEndpoints } from '@partyline/contracts/feed'
import { expect } from 'vitest'
import { test } from '../../support/stack.ts'
import { askTwilio, door, numberPath, office, runAccount } from './connected.ts'

test('a number of the account is connected in one step, and a text to it arrives', async ({
  stack,
}) => {
  await using account = await runAccount(stack)
  const { admin, line } = account
  line.simulator.addNumber({ address: office, name: 'Office', smsUrl: '' })
  expect(await account.look()).toMatchObject([
    {
      ...{ address: office, lineId: null, state: 'idle', takenBy: null, sms: true },
      problems: [{ effect: 'lost', sentence: expect.stringContaining('go nowhere') as string }],
    },
  ])
  const { cursor } = await admin.call(feedEndpoints.list)

  await account.connect(office, { name: 'Front desk', mode: 'inbox' })

  await expect.poll(() => account.atTwilio().smsUrl).toMatch(`${door}#rc=5&rp=all`)
  expect(account.atTwilio().smsFallbackUrl).toContain(door)
  await expect.poll(async () => (await account.number()).problems).toEqual([])
  expect(await account.number()).toMatchObject({ state: 'idle', connectProblem: null })
  const changes = async () =>
    (await admin.call(feedEndpoints.list, {}, { after: cursor })).items.map(({ type }) => type)
  await expect.poll(changes).toContain('system.changed')
  line.simulator.addPhone({ address: '+14155550101', name: 'Ana' })
  await line.simulator.text({ from: '+14155550101', to: office, body: 'Open today?' })
  const threads = async () => (await admin.call(conversationEndpoints.list)).items
  await expect.poll(threads).toMatchObject([{ line: { name: 'Front desk' } }])
})

test('connecting again changes nothing, and is written down', async ({ stack }) => {
  await using account = await runAccount(stack)
  account.line.simulator.addNumber({ address: office, name: 'Office', smsUrl: '' })
  await account.look()

  const [first, second] = await Promise.all([
    account.connect(office, { mode: 'group' }),
    account.connect(office, { name: 'Other' }),
  ])

  expect(first.lineId).toBe(second.lineId)
  expect((await account.admin.call(lineEndpoints.list)).items).toHaveLength(1)
  await expect.poll(() => account.atTwilio().smsUrl).toContain(door)
  const written = await account.admin.call(auditEndpoints.list, {}, { action: 'number.connected' })
  expect(written.items[0]).toMatchObject({ details: { address: office, replaces: null } })
})

test('the number of another program is taken only by who names that program', async ({ stack }) => {
  await using account = await runAccount(stack)
  const { admin, line } = account
  const shop = 'https://shop.example.com/sms'
  line.simulator.addNumber({ address: office, name: 'Office', smsUrl: `${shop}?key=hidden` })
  await account.look()
  const { sid, takenBy } = await account.number()
  expect(takenBy).toBe(shop)

  const refused = await admin.try(accountEndpoints.connect, { sid }, {})
  const wrong = await admin.try(accountEndpoints.connect, { sid }, { replaces: door })

  expect([refused.code, wrong.code]).toEqual(['number_taken', 'number_taken'])
  expect(refused.message).toContain(shop)
  expect((await admin.call(lineEndpoints.list)).items).toEqual([])
  await account.connect(office, { replaces: shop })
  await expect.poll(() => account.atTwilio().smsUrl).toContain(door)
})

test('what another program took since the last look is not taken from it', async ({ stack }) => {
  await using account = await runAccount(stack)
  const { line } = account
  const { sid } = line.simulator.addNumber({ address: office, name: 'Office', smsUrl: '' })
  await account.look()
  await askTwilio(line, numberPath(sid), { SmsUrl: 'https://shop.example.com/sms' })

  await account.connect()

  await expect.poll(async () => (await account.number()).state).toBe('refused')
  expect(await account.number()).toMatchObject({
    connectProblem: expect.stringContaining('go to https://shop.example.com/sms now') as string,
    takenBy: 'https://shop.example.com/sms',
  })
  expect(account.atTwilio().smsUrl).toBe('https://shop.example.com/sms')
})

test('with real credentials nothing is connected to an address that Twilio cannot reach', async ({
  stack,
}) => {
  const publicUrl = 'http://localhost:8080'
  await using account = await runAccount(stack, { publicUrl, simulated: false })
  account.line.simulator.addNumber({ address: office, name: 'Office', smsUrl: '' })
  await account.look()
  const { sid } = await account.number()

  const refused = await account.admin.try(accountEndpoints.connect, { sid }, {})

  expect(refused).toMatchObject({ code: 'cannot_connect' })
  expect(refused.message).toContain('Set PUBLIC_URL')
  expect(await account.admin.call(accountEndpoints.get)).toMatchObject({
    unreachable: expect.stringContaining(publicUrl) as string,
  })
  expect(account.atTwilio().smsUrl).toBe('')
})
