import { randomUUID } from 'node:crypto'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { lineEndpoints } from '@partyline/contracts/api/lines'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { systemEndpoints } from '@partyline/contracts/api/system'
import type { ApiClient } from '@partyline/cli/demo/api-client'
import { expect } from 'vitest'
import { type Product, runProduct } from '../support/run-product.ts'
import { test } from '../support/stack.ts'

const senders = {
  TWILIO_NUMBER: '+12125550100',
  WHATSAPP_ID: 'whatsapp:+12125550101',
  FACEBOOK_MESSENGER_ID: 'messenger:100200300',
}
const people = ['+13105550111', 'whatsapp:+393335550134', 'messenger:400500600']

/** Each person texts the line of their channel and is answered. */
async function talk(product: Product, api: ApiClient) {
  for (const [index, line] of Object.values(senders).entries()) {
    const phone = await product.phones.add(people[index] ?? '', `Person ${index}`)
    await phone.text(line, 'Hello')
    const find = async () =>
      (await api.call(conversationEndpoints.list)).items.find((one) => one.line?.address === line)
    await expect.poll(find).toMatchObject({ address: phone.address, unread: 1 })
    const body = { body: 'Hi there', clientKey: randomUUID() }
    const id = (await find())?.id ?? ''
    await api.call(messageEndpoints.send, { params: { id }, body })
    await expect.poll(phone.bodies).toEqual(['Hi there'])
  }
}

test('A1 B5 B6 B16 B34: what the environment names is set up: the admin, a line for each sender; the prefix picks the sender', async ({
  stack,
}) => {
  const admin = { email: 'ada@example.com', password: 'a long quiet evening' }
  const env = { ...senders, ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password, LIMIT: '3' }
  await using product = await runProduct(stack, { env })
  const api = await product.signIn(admin)

  const { items } = await api.call(lineEndpoints.list)
  expect(items.map(({ address, channel }) => [channel, address]).sort()).toEqual([
    ['messenger', senders.FACEBOOK_MESSENGER_ID],
    ['sms', senders.TWILIO_NUMBER],
    ['whatsapp', senders.WHATSAPP_ID],
  ])
  expect(await api.call(systemEndpoints.get)).toMatchObject({ limit: 3, simulated: true })
  await talk(product, api)
})

test('A38: behind a tunnel everything is signed and checked against PUBLIC_URL, wherever it listens', async ({
  stack,
}) => {
  const line = senders.TWILIO_NUMBER
  const env = { PUBLIC_URL: 'https://partyline.example.app', TWILIO_NUMBER: line }
  await using product = await runProduct(stack, { env })
  const ana = await product.phones.add('+13105550111', 'Ana')

  await ana.text(line, 'Through the tunnel')

  const api = await product.signIn()
  await expect
    .poll(async () => (await api.call(conversationEndpoints.list)).items)
    .toMatchObject([{ lastMessage: { preview: 'Through the tunnel' } }])
})

test('A40: pages and their parts are served as files from the one port, and nothing outside them', async ({
  stack,
}) => {
  await using product = await runProduct(stack)
  const page = await fetch(`${product.url}/simulator`)
  expect(page.headers.get('content-type')).toContain('text/html')
  const style = await fetch(`${product.url}/simulator/assets/phones.css`)
  expect([style.status, style.headers.get('content-type')]).toEqual([
    200,
    'text/css; charset=utf-8',
  ])

  for (const path of ['/..%2f..%2fpackage.json', '/simulator/assets/..%2fapi.js', '/metrics']) {
    expect([400, 403, 404]).toContain((await fetch(product.url + path)).status)
  }
})
