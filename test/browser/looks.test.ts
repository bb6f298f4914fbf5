import { glob, readFile } from 'node:fs/promises'
import path from 'node:path'
import { messageEndpoints } from '@partyline/contracts/api/messages'
import type { Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { on } from '../support/dashboard.ts'
import { givenGroup, givenLine } from '../support/given-product.ts'
import { newLook } from '../support/look.ts'
import { test } from '../support/story.ts'

const desk = { width: 1280, height: 800 }
const phone = { width: 360, height: 740 }

/** One page load for all: each theme on a desk, and the dark one on a phone. */
async function expectLooks(page: Page, name: string): Promise<void> {
  const changed: (string | undefined)[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize(desk)
    changed.push(await newLook(page, `${name}-${colorScheme}`))
  }
  await page.setViewportSize(phone)
  changed.push(await newLook(page, `${name}-phone-dark`))
  // Soft: the others are looked at all the same, so that all can be accepted at once.
  expect.soft(changed.filter((look) => look !== undefined)).toEqual([])
}

test('signing in looks as it was accepted', async ({ open }) => {
  const page = await open({ user: null, reducedMotion: 'reduce' })
  await on.button(page, 'Sign in').waitFor()

  await expectLooks(page, 'sign-in')
})

test('an inbox without conversations looks as it was accepted', async ({ open }) => {
  const page = await open({ reducedMotion: 'reduce' })
  await page.getByText('No conversations yet').waitFor()
  await on.light(page).filter({ hasText: 'Live' }).waitFor()

  await expectLooks(page, 'empty-inbox')
})

test('a group beside the list and its details looks as it was accepted', async ({
  product,
  api,
  open,
}) => {
  await givenLine({ product, api }, '+12125550130')
  const mara = await product.phones.add('+14155550131', 'Mara')
  await mara.text('+12125550130', 'Is there parking near the venue?')
  const group = await givenGroup({ product, api }, '+12125550132', {
    name: 'Conference',
    members: { 'Ana Flores': '+13105550133', 'Ben Okafor': '+17735550134' },
  })
  await group.phone('Ana Flores').text('+12125550132', 'Landed! Where are we meeting tonight?')
  const { id } = group
  const kept = async () => (await api.call(messageEndpoints.list, { params: { id } })).items
  await expect.poll(async () => (await kept()).length).toBe(1)
  await group.phone('Ben Okafor').text('+12125550132', 'Harbor Grill, Pier 4. Table for five.')
  const page = await open({ reducedMotion: 'reduce', path: `/g/${group.id}` })
  await expect.poll(() => on.log(page).getByText('Delivered').count()).toBe(2)
  await on.members(page).filter({ hasText: 'Ben Okafor' }).waitFor()
  await on.row(page, /\(415\) 555-0131/).waitFor()
  await on.light(page).filter({ hasText: 'Live' }).waitFor()
  await expectLooks(page, 'group')
})

test('the built dashboard has no page of components', async () => {
  const said: string[] = []
  for await (const file of glob('**/*.js', { cwd: inject('webFolder') })) {
    const source = await readFile(path.join(inject('webFolder'), file), 'utf8')
    if (source.includes('Design system')) said.push(file)
  }

  expect(said).toEqual([])
})
