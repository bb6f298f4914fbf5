import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { sql } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { flaws, overhang } from '../support/axe.ts'
import { on, send } from '../support/dashboard.ts'
import { givenGroup, givenLine } from '../support/given-product.ts'
import { test as story } from '../support/story.ts'
import type { openWindow } from '../support/window.ts'

const test = story.override('env', {
  RELAY_CAP_SAME_TEXT: '2',
  AMBIGUOUS_POLICY: 'hold',
  SETTLE_MS: '400',
})

const bubble = (page: Page, body: string) =>
  on.log(page).locator('div[id]', { hasText: body }).last()

const looks = [
  { viewport: { width: 360, height: 720 }, colorScheme: 'light' },
  { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
] as const

/** What is said can be read by everybody, on a phone and on a desk, by day and by night. */
async function expectReadable(
  open: (given: Parameters<typeof openWindow>[2]) => Promise<Page>,
  path: string,
  words: string,
) {
  for (const look of looks) {
    const page = await open({ path, ...look })
    await on.log(page).getByText(words).waitFor()
    expect(await flaws(page)).toEqual([])
    expect(await overhang(page)).toBe(0)
  }
}

test('S43: a member’s text that is not passed on says why and what to do, below its bubble', async ({
  product,
  api,
  open,
}) => {
  const group = await givenGroup({ product, api }, '+12125550210', {
    name: 'Crew',
    members: { Ana: '+13105550211', Ben: '+17735550212' },
  })
  const path = `/g/${group.id}`
  const page = await open({ path })

  for (let time = 1; time <= 3; time += 1) {
    await group.phone('Ana').text(group.line.address, 'I am driving.')
    await expect.poll(() => on.log(page).getByText('I am driving.').count()).toBe(time)
  }

  const held = bubble(page, 'I am driving.')
  await held.getByText('Not passed on', { exact: true }).waitFor()
  await held.getByText('This member sent the same text again and again').waitFor()
  await held.getByText('remove that member').waitFor()
  expect(await on.log(page).getByText('again and again').count()).toBe(1)
  await expect.poll(group.phone('Ben').bodies).toHaveLength(2)
  await expectReadable(open, path, 'This member sent the same text')
})

test('S42: a member’s text over the cap of the day waits, says why and goes out with Retry', async ({
  product,
  api,
  stack,
  open,
}) => {
  const group = await givenGroup({ product, api }, '+12125550220', {
    name: 'Choir',
    members: { Cleo: '+13105550221', Dan: '+17735550222', Eli: '+17735550223' },
  })
  const path = `/g/${group.id}`
  await stack.db.execute(sql`
    insert into send_counts (day, counter, segments)
    select (now() at time zone 'utc')::date + ahead, 'until now', 100000
    from generate_series(0, 1) as ahead
  `)
  const page = await open({ path })

  await group.phone('Cleo').text(group.line.address, 'Rehearsal is at six')
  await bubble(page, 'Rehearsal').getByRole('button', { name: '0 of 2 got it, 2 on hold' }).click()
  const dialog = page.getByRole('dialog', { name: 'Who got it' })
  const toDan = dialog.getByRole('listitem').filter({ hasText: 'Dan' })
  await toDan.getByText('On hold', { exact: true }).waitFor()
  await toDan.getByText('Everything that may be sent in a day had been sent').waitFor()
  await expectReadable(open, path, '0 of 2 got it, 2 on hold')
  expect(await group.phone('Dan').bodies()).toEqual([])

  await stack.db.execute(sql`delete from send_counts where counter = 'until now'`)
  await dialog.getByRole('button', { name: 'Retry Dan' }).click()
  await expect.poll(group.phone('Dan').bodies).toEqual(['Cleo: Rehearsal is at six'])
})

test('S44: a text to somebody who texted STOP before it went out says so, and offers no Retry', async ({
  product,
  api,
  stack,
  open,
}) => {
  const line = await givenLine({ product, api }, '+12125550230')
  const eva = await product.phones.add('+13105550231', 'Eva')
  const { id } = await api.call(conversationEndpoints.create, {
    body: { lineId: line.id, address: eva.address },
  })
  const path = `/c/${id}`
  const page = await open({ path })
  // Nothing goes out, so that the STOP comes before the text.
  await stack.db.execute(sql`
    insert into breakers (name, error_code, probe_at) values ('twilio', 20003, 'infinity')
  `)
  await send(page, 'Your table is ready')
  await bubble(page, 'Your table').getByText('Queued').waitFor()
  await eva.text(line.address, 'STOP')
  await on.log(page).getByText('STOP', { exact: true }).waitFor()
  await stack.db.execute(sql`delete from breakers`)

  await bubble(page, 'Your table').getByText('Opted out').waitFor()
  await bubble(page, 'Your table').getByText('They texted STOP to this line.').waitFor()
  expect(await bubble(page, 'Your table').getByRole('button', { name: 'Retry' }).count()).toBe(0)
  await expectReadable(open, path, 'They texted STOP to this line.')
  expect(await eva.bodies()).not.toContain('Your table is ready')
})

test('a text of which nobody knows whether it went out waits for a person, who sends it again', async ({
  product,
  api,
  open,
}) => {
  const line = await givenLine({ product, api }, '+12125550240')
  const fay = await product.phones.add('+13105550241', 'Fay')
  const { id } = await api.call(conversationEndpoints.create, {
    body: { lineId: line.id, address: fay.address },
  })
  const path = `/c/${id}`
  const page = await open({ path })
  await product.phones.misbehave({ resetBefore: 1, onlyFrom: line.address })

  await send(page, 'Shall we say Monday?')
  const unsure = bubble(page, 'Shall we say Monday?')
  await unsure.getByText('On hold').waitFor()
  await unsure.getByText('We could not find out whether this text went out.').waitFor()
  await unsure.getByText('Sending it again may make it arrive twice.').waitFor()
  await expectReadable(open, path, 'We could not find out')

  await product.phones.misbehave({})
  await unsure.getByRole('button', { name: 'Retry' }).click()
  await unsure.getByText('Delivered').waitFor()
  expect(await fay.bodies()).toEqual(['Shall we say Monday?'])
})
