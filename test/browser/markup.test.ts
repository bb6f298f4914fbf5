import { expect } from 'vitest'
import { on } from '../support/dashboard.ts'
import { givenGroup, givenLine } from '../support/given-product.ts'
import { test } from '../support/story.ts'

/** Each would call `hit` if any part of it were taken for markup, a script or a link to one. */
const corpus = [
  '<script>hit()</script>',
  '<img src=x onerror=hit()>',
  '"><svg onload=hit()>',
  '<iframe srcdoc="<script>parent.hit()</script>"></iframe>',
  '<a href="javascript:hit()">click</a>',
  'javascript:hit()',
  '[click](javascript:hit())',
  'http://example.com/"onmouseover="hit()',
  '<style>*{display:none}</style>',
  '{{constructor.constructor("hit()")()}}',
  '{@html "<img src=x onerror=hit()>"}',
  '&lt;script&gt;hit()&lt;/script&gt;',
  '<b>bold</b> & "quoted" \'twice\'',
  '</textarea></title><script>hit()</script>',
]

test('A32 S28: markup in a text, a name or a file name is shown as it was typed, and never run', async ({
  product,
  api,
  open,
}) => {
  const inbox = '+12125550150'
  const address = '+12125550151'
  await givenLine({ product, api }, inbox)
  const name = '<img src=x onerror=hit()>'
  const group = await givenGroup({ product, api }, address, {
    name: '<b onclick=hit()>Group</b>',
    members: { [name]: '+13105550151', Ben: '+17735550152' },
  })
  const mara = await product.phones.add('+14155550153', 'Mara')
  for (const body of corpus) await mara.text(inbox, body)
  await group.phone(name).text(address, corpus[0] ?? '')
  const page = await open()
  let hits = 0
  await page.exposeFunction('hit', () => (hits += 1))

  await on.row(page, /\(415\) 555-0153/).click()
  const log = on.log(page)
  for (const body of corpus) await log.getByText(body, { exact: true }).waitFor()
  expect(await log.locator('script, iframe, style, b, a:not([href^="http"])').count()).toBe(0)
  for (const link of await log.getByRole('link').all()) {
    await link.hover()
    expect(await link.getAttribute('rel')).toContain('noopener')
  }

  await on.button(page, 'Rename').click()
  await page.getByRole('textbox', { name: 'Conversation title' }).fill(name)
  await page.keyboard.press('Enter')
  await on.title(page).getByText(name, { exact: true }).waitFor()
  await page.locator('input[type=file]').setInputFiles({
    name: '<img src=x onerror=hit()>.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.4\n%%EOF'),
  })
  await page.getByRole('list', { name: 'Attachments' }).getByText('.pdf').waitFor()
  await expect.poll(() => on.button(page, 'Send').isEnabled()).toBe(true)
  await on.button(page, 'Send').click()
  await log.getByText('<img src=x onerror=hit()>.pdf').waitFor()

  await on.row(page, /<b onclick=hit\(\)>Group<\/b>/).click()
  await log.getByText(corpus[0] ?? '', { exact: true }).waitFor()
  await log.getByText(`${name}:`).waitFor()
  await on.members(page).filter({ hasText: name }).waitFor()
  await page.getByRole('link', { name: 'Contacts' }).click()
  await page.getByRole('list', { name: 'Contacts' }).getByText(name).first().waitFor()
  await page.goto('/simulator')
  await page
    .getByRole('region', { name: 'Phone of Ben' })
    .getByText(corpus[0] ?? '')
    .waitFor()
  expect(hits).toBe(0)
})
