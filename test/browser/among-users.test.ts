import { userEndpoints } from '@partyline/contracts/api/session'
import { contactEndpoints } from '@partyline/contracts/api/contacts'
import { expect } from 'vitest'
import { on, send } from '../support/dashboard.ts'
import { givenLine } from '../support/given-product.ts'
import { test } from '../support/story.ts'

const ben = { email: 'ben@example.com', password: 'a long quiet morning' }

test('D19 D20: a conversation among users is live for both and never texts anyone', async ({
  product,
  api,
  open,
}) => {
  await api.call(userEndpoints.create, { body: { ...ben, name: 'Ben', role: 'agent' } })
  const [mine, his] = await Promise.all([open(), open({ user: ben })])

  await on.button(mine, 'New conversation').click()
  const dialog = mine.getByRole('dialog', { name: 'New conversation' })
  await dialog.getByText('Among users').click()
  await dialog.getByLabel('Title').fill('Holiday plan')
  await dialog.getByRole('checkbox', { name: 'Ben' }).check()
  await dialog.getByRole('button', { name: 'Start' }).click()
  await on.row(his, /Holiday plan/).click()
  await send(mine, 'Who covers Friday?')
  await on.log(his).getByText('Who covers Friday?').waitFor()
  await send(his, 'I do')
  await on.log(mine).getByText('I do').waitFor()

  await on
    .row(mine, /Holiday plan/)
    .getByRole('img', { name: 'Web' })
    .waitFor()
  expect(
    await on
      .log(mine)
      .getByText(/delivered|sent|queued/i)
      .count(),
  ).toBe(0)
  const judged = await fetch(`${product.url}/simulator/api/judge`)
  expect(await judged.json()).toMatchObject({ total: 0 })
})

test('E8 E10: a private conversation is in its owner’s list and cannot be opened by another user', async ({
  product,
  api,
  open,
}) => {
  const eva = { email: 'eva@example.com', password: 'a long quiet night' }
  await api.call(userEndpoints.create, { body: { ...eva, name: 'Eva', role: 'agent' } })
  const line = await givenLine({ product, api }, '+12125550180')
  const contact = await api.call(contactEndpoints.create, {
    body: { name: 'Dr. Silent', phone: '+14155550181', lineId: line.id, private: true },
  })
  const [mine, hers] = await Promise.all([open(), open({ user: eva })])
  await mine.getByRole('searchbox', { name: 'Search' }).fill('Silent')
  await mine.getByRole('link', { name: /Silent/ }).waitFor()
  await mine.getByRole('searchbox', { name: 'Search' }).fill('')
  // Until there is a text, or somebody begins one.
  await expect.poll(() => on.row(mine, /Silent/).count()).toBe(0)
  await mine.goto(`/c/${contact.conversationId}`)
  await on.box(mine).fill('Dear doctor')
  await on.row(mine, /Silent/).waitFor()
  await mine.goto('/')
  await on.row(mine, /Silent.*Draft: Dear doctor/).click()
  await on.box(mine).fill('')
  await mine.goto('/')

  const phone = await product.phones.add('+14155550181', 'Silent')
  await phone.text(line.address, 'Only for you')
  const other = await product.phones.add('+14155550182', 'Loud')
  await other.text(line.address, 'For everybody')
  await on
    .row(mine, /Dr\. Silent/)
    .getByText('Only for you')
    .waitFor()
  await on.row(hers, /\(415\) 555-0182/).waitFor()
  expect(await on.row(hers, /Silent|555-0181/).count()).toBe(0)
  await hers.goto(`/c/${contact.conversationId}`)
  await hers.getByText('This conversation does not exist').waitFor()
})
