import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import { templateEndpoints } from '@partyline/contracts/api/templates'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { flaws } from '../support/axe.ts'
import { on, send } from '../support/dashboard.ts'
import { givenLine } from '../support/given-product.ts'
import { test } from '../support/story.ts'
import { textIn } from '../support/text-in.ts'

const line = 'whatsapp:+15550180101'
const person = 'whatsapp:+15550180111'

test('B30 B31: a template begins a WhatsApp conversation, an answer opens it, and a day later it is closed again', async ({
  page,
  api,
  product,
  stack: { db },
}) => {
  const { id: lineId } = await givenLine({ api, product }, line, { name: 'WhatsApp' })
  const phone = await product.phones.add(person, 'Mara')
  await api.call(templateEndpoints.look)
  const { id } = await api.call(conversationEndpoints.create, { body: { lineId, address: person } })
  await api.call(conversationEndpoints.change, { params: { id }, body: { name: 'Mara Lindqvist' } })

  await page.goto(`${product.url}/c/${id}`)
  await page.getByText('They have not written to this line yet').waitFor()
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('appoint')
  await page.getByRole('button', { name: /appointment_reminder/ }).click()
  const sending = on.button(page, 'Send template')
  await page.getByLabel('Variable 1').fill('dentist')
  expect(await sending.isDisabled()).toBe(true)
  await page.getByLabel('Variable 2').fill('Friday at 3')
  const words = 'Your dentist appointment is coming up on Friday at 3'
  await page.getByRole('group', { name: 'What they will read' }).getByText(words).waitFor()
  expect(await flaws(page)).toEqual([])
  await sending.click()

  await on.log(page).getByText(words).waitFor()
  await expect.poll(phone.bodies).toEqual([words])

  await phone.text(line, 'Thanks, see you then')
  await page.getByText(/Free text until .* left/).waitFor()
  await send(page, 'See you!')
  await expect.poll(phone.bodies).toEqual([words, 'See you!'])
  await on.button(page, 'Templates').click()
  await page.getByRole('button', { name: /follow_up en/ }).click()
  expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Mara')

  await db.execute(sql`update messages set created_at = created_at - interval '25 hours'`)
  await page.reload()
  await page.getByText('Their last message is more than 24 hours old').waitFor()
  await page.getByRole('list', { name: 'Templates' }).waitFor()
  expect(await on.box(page).count()).toBe(0)

  await page.getByRole('button', { name: /appointment_reminder/ }).click()
  await page.getByLabel('Variable 1').fill('dentist')
  await page.getByLabel('Variable 2').fill('Monday')
  await on.button(page, 'Send later').click()
  await page.getByRole('button', { name: /^Send tomorrow/ }).click()
  await expect
    .poll(async () => (await api.call(messageEndpoints.scheduled, { params: { id } })).items)
    .toMatchObject([{ template: { variables: { 1: 'dentist', 2: 'Monday' } } }])
  await page
    .getByRole('region', { name: 'Scheduled' })
    .getByText('appointment is coming up on Monday')
    .waitFor()

  await page.goto(`${product.url}/settings/templates`)
  const rejected = page.getByRole('listitem').filter({ hasText: 'spring_sale' })
  await rejected.getByText('WhatsApp rejected it: The variables').waitFor()
  await page.getByText(/^Looked up/).waitFor()
  expect(await flaws(page)).toEqual([])
})

test('B30: free text that came too late says so, with a template as the way out', async ({
  page,
  api,
  product,
  stack: { db },
}) => {
  const late = 'whatsapp:+15550180102'
  const { id: lineId } = await givenLine({ api, product }, late, { name: 'Late' })
  const phone = await product.phones.add('whatsapp:+15550180112', 'Noa')
  await api.call(templateEndpoints.look)
  const { id } = await api.call(conversationEndpoints.create, {
    body: { lineId, address: phone.address },
  })
  // WhatsApp knows nothing of it: there the window is closed.
  await textIn(db, { From: phone.address, To: late, Body: 'Hello?' })

  await page.goto(`${product.url}/c/${id}`)
  await send(page, 'Hello Noa')
  await on.log(page).getByText('has not written within the last 24 hours').waitFor()
  await on.log(page).getByRole('button', { name: 'Send a template' }).click()
  await page.getByRole('button', { name: /follow_up en/ }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Noa')
  await on.button(page, 'Send template').click()

  await expect.poll(phone.bodies).toEqual([expect.stringContaining('Hello Noa, we have an answer')])
  await expect.poll(() => page.evaluate('document.activeElement.localName')).toBe('textarea')
})
