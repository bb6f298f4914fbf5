import { expect, test } from 'vitest'
import { ApiError } from '../api-error.ts'
import { Saving } from './saving.svelte.ts'

function given() {
  const told: string[] = []
  const saved = Promise.withResolvers<undefined>()
  const saving = new Saving({ fail: (text) => told.push(text) })
  let closed = 0
  const running = saving.run({
    save: () => saved.promise,
    close: () => {
      closed += 1
    },
  })
  return { saving, saved, running, told, closed: () => closed }
}

test('what was saved closes its dialog, and what was not says why in it', async () => {
  const good = given()
  expect(good.saving.busy).toBe(true)
  good.saved.resolve(undefined)
  await good.running
  expect([good.closed(), good.saving.busy]).toEqual([1, false])

  const bad = given()
  bad.saved.reject(new ApiError('unavailable', 'not now'))
  await bad.running
  expect([bad.closed(), bad.saving.error, bad.told]).toEqual([0, 'Not now.', []])
})

test('a dialog that was left closes none that is open since, and its failure is told of elsewhere', async () => {
  const good = given()
  good.saving.leave()
  good.saved.resolve(undefined)
  await good.running
  expect(good.closed()).toBe(0)

  const bad = given()
  bad.saving.leave()
  bad.saved.reject(new ApiError('unavailable', 'not now'))
  await bad.running
  expect(bad.told).toEqual(['Not now.'])
})
