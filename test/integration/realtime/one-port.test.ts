import { feedEndpoints } from '@partyline/contracts/feed'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { lineEndpoints } from '@partyline/contracts/api/lines'
import { createSessionCookie } from '@partyline/kit/session-cookie'
import { expect } from 'vitest'
import { admin, type Product, runProduct } from '../../support/run-product.ts'
import { test } from '../../support/stack.ts'
import { type Browser, closingOf, cookieOf, openBrowser } from './browser.ts'

const line = '+12125550100'

async function signInToken(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(admin),
  })
  const [pair] = answer.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0])
  return createSessionCookie(url).read(pair) ?? ''
}

async function readFeed(url: string, token: string, after?: string) {
  const answer = await fetch(`${url}/api/feed${after === undefined ? '' : `?after=${after}`}`, {
    headers: { cookie: cookieOf(token) },
  })
  return feedEndpoints.list.reply.parse(await answer.json())
}

async function open({ url }: Product, token: string): Promise<Browser> {
  return openBrowser(Number(new URL(url).port), token, url)
}

test('A36 B9 B40 D17: a text from a phone shows in two windows at once, and the feed tells the same', async ({
  stack,
}) => {
  await using product = await runProduct(stack)
  const api = await product.signIn()
  await product.phones.addLine(line, 'Desk')
  await api.call(lineEndpoints.create, { body: { address: line, name: 'Desk', mode: 'inbox' } })
  const ana = await product.phones.add('+13105550111', 'Ana')
  await ana.text(line, 'Are you open?')
  const list = () => api.call(conversationEndpoints.list)
  await expect.poll(async () => (await list()).items.length).toBe(1)
  const [conversation] = (await list()).items
  const token = await signInToken(product.url)
  using left = await open(product, token)
  using right = await open(product, token)
  const { cursor } = await readFeed(product.url, token)
  for (const window of [left, right]) expect(await window.follow(conversation?.id ?? '')).toBe(true)

  await ana.text(line, 'Hello?')

  const heard = (window: Browser) =>
    window.events.findLast((event) => event.type === 'message.created')
  for (const window of [left, right]) {
    await expect.poll(() => heard(window)).toMatchObject({ message: { body: 'Hello?', seq: 2 } })
    await expect
      .poll(() => window.events.findLast((event) => event.type === 'conversation.changed'))
      .toMatchObject({ conversation: { unread: 2, lastMessage: { preview: 'Hello?' } } })
  }
  const { items } = await readFeed(product.url, token, cursor)
  expect(items).toContainEqual(heard(left))
})

test('signing out ends the window’s socket', async ({ stack }) => {
  await using product = await runProduct(stack)
  const token = await signInToken(product.url)
  using window = await open(product, token)
  const closing = closingOf(window)

  const { status } = await fetch(`${product.url}/api/session`, {
    method: 'DELETE',
    headers: { cookie: cookieOf(token), origin: product.url },
  })

  expect(status).toBe(200)
  expect(await closing).toBe('io server disconnect')
})
