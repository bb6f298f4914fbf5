import { randomUUID } from 'node:crypto'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { expect } from 'vitest'
import { on } from '../support/dashboard.ts'
import { givenLine } from '../support/given-product.ts'
import { scrollToEnd, scrollToTop } from '../support/scroll.ts'
import { test as story } from '../support/story.ts'

const test = story.override('env', { LIMIT: '7' })

test('B17 B39 B50: LIMIT is the first page of conversations and of messages; scrolling brings the others, none twice', async ({
  product,
  api,
  open,
}) => {
  const line = await givenLine({ product, api }, '+12125550140')
  let id = ''
  for (let index = 10; index < 35; index += 1) {
    const body = { lineId: line.id, address: `+131055502${index}` }
    ;({ id } = await api.call(conversationEndpoints.create, { body }))
  }
  for (let index = 10; index < 40; index += 1) {
    const body = { body: `Line ${index}`, clientKey: randomUUID() }
    await api.call(messageEndpoints.send, { params: { id }, body })
  }
  const page = await open({ path: '/contacts' })
  const asked: string[] = []
  page.on('response', (response) => {
    const { pathname, searchParams } = new URL(response.url())
    const cursor = searchParams.get('cursor')
    if (cursor !== null) asked.push(`${pathname} ${cursor}`)
  })
  const firstPage = page.waitForResponse(
    (it) => new URL(it.url()).pathname === '/api/conversations',
  )

  await page.goto('/')
  expect(await (await firstPage).json()).toMatchObject({ items: { length: 7 } })
  await on.rows(page).first().waitFor()
  const seen = new Set<string>()
  await expect
    .poll(async () => {
      // What else a row says changes by itself: how long ago, and what became of its text.
      const texts = (await on.rows(page).allInnerTexts()).join('\n')
      for (const [number] of texts.matchAll(/\(310\) 555-02\d\d/g)) seen.add(number)
      await scrollToEnd(on.list(page))
      return seen.size
    })
    .toBe(25)
  const pages = asked.filter((each) => each.startsWith('/api/conversations '))
  expect(pages.length).toBeGreaterThan(0)
  expect(new Set(pages).size).toBe(pages.length)

  await scrollToTop(on.list(page))
  const firstMessages = page.waitForResponse((it) =>
    new URL(it.url()).pathname.endsWith(`/${id}/messages`),
  )
  await on.row(page, /Line 39/).click()
  expect(await (await firstMessages).json()).toMatchObject({ items: { length: 7 } })
  const log = on.log(page)
  await log.getByText('Line 39').waitFor()
  await expect
    .poll(async () => {
      await scrollToTop(log)
      return log.getByText(/^Line \d+$/).count()
    })
    .toBe(30)
  const shown = await log.getByText(/^Line \d+$/).allInnerTexts()
  expect(shown).toEqual(Array.from({ length: 30 }, (_, index) => `Line ${index + 10}`))
})
