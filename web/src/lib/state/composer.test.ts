import { expect, test } from 'vitest'
import { ComposerState } from './composer.svelte.ts'

const file = { name: 'a.png', size: 10, type: 'image/png' }
const media = {
  id: 'm1',
  contentType: 'image/png',
  sizeBytes: 10,
  fileName: null,
  state: 'stored',
  url: '/x',
} as const

function given(send: () => Promise<boolean> = async () => true) {
  return new ComposerState<typeof file>({ draft: '', upload: async () => media, send })
}

test('B53: blanks are not sent', () => {
  const composer = given()
  composer.body = ' \n '

  expect(composer.canSend).toBe(false)
})

test('the box is empty at once, and gets back what was not taken in front of what was typed since', async () => {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const composer = given(() => promise)
  composer.body = 'first'

  const submitted = composer.submit()
  expect(composer.body).toBe('')
  composer.body = 'second'
  resolve(false)
  await submitted

  expect(composer.body).toBe('first\nsecond')
})

test('a picture alone can be sent once it is uploaded', async () => {
  const composer = given()

  const attached = composer.attach([file])
  expect(composer.canSend).toBe(false)
  await attached

  expect(composer.canSend).toBe(true)
})

test('a file that no text can carry is refused before it is uploaded', async () => {
  const composer = given()

  await composer.attach([{ ...file, size: 5_000_001 }])

  expect(composer.attachments[0]?.error).toContain('5 MB')
  expect(composer.canSend).toBe(false)
})
