import { expect, test } from 'vitest'
import { file, givenComposer, media } from './given-composer.ts'

test('B53: blanks are not sent', () => {
  const composer = givenComposer()
  composer.body = ' \n '

  expect(composer.canSend).toBe(false)
})

test('the box is empty at once, and gets back what was not taken in front of what was typed since', async () => {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const composer = givenComposer({ send: () => promise })
  composer.body = 'first'

  const submitted = composer.submit()
  expect(composer.body).toBe('')
  composer.body = 'second'
  resolve(false)
  await submitted

  expect(composer.body).toBe('first\nsecond')
})

test('a text that is taken back is in the box with its files, in front of what was typed since', () => {
  const composer = givenComposer()
  composer.body = 'second'

  composer.restore({ body: 'first', media: [media] })

  expect(composer.body).toBe('first\nsecond')
  expect(composer.attachments).toMatchObject([{ media, error: null }])
  expect(composer.canSend).toBe(true)
})

test('once a note is added the box is for texts again, and for the note that was not taken', async () => {
  const taken = [true, false]
  const composer = givenComposer({ send: async () => taken.shift() ?? false })
  composer.note = true
  composer.body = 'Knows the owner'
  await composer.submit()
  expect(composer.note).toBe(false)

  composer.note = true
  composer.body = 'Called twice'
  await composer.submit()
  expect(composer).toMatchObject({ note: true, body: 'Called twice' })
})

test('what is written is there after a reload: the text, as a note or not, and its files, of which one had not gone up', async () => {
  const { promise } = Promise.withResolvers<typeof media>()
  const uploads = [Promise.resolve(media), promise]
  const upload = async () => (await uploads.shift()) ?? media
  const before = givenComposer({ upload })
  before.body = 'Look'
  void before.files.add([file, { ...file, name: 'b.png' }, { ...file, type: 'application/zip' }])
  await expect.poll(() => before.files.media.length).toBe(1)

  const draft = before.draft
  const after = givenComposer({ draft })
  expect(after.body).toBe('Look')
  expect(after.attachments).toMatchObject([
    { file: { name: 'a.png' }, media, error: null },
    { file: { name: 'b.png' }, media: null, lost: true },
  ])
  expect(after.canSend).toBe(false)
  await after.files.retry(after.attachments[1]?.key ?? 0, { ...file, name: 'c.png' })

  expect(after.attachments[1]).toMatchObject({ file: { name: 'c.png' }, media, error: null })
  expect(after.canSend).toBe(true)
  await after.submit()
  expect(after.draft).toEqual({ text: '', note: false, files: [] })
})

test('a note that is written while a text comes back stays a note, so that nobody outside gets it', async () => {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const composer = givenComposer({ send: () => promise })
  composer.body = 'See you at nine'

  const submitted = composer.submit()
  composer.note = true
  composer.body = 'they never pay'
  resolve(false)
  await submitted

  expect(composer.note).toBe(true)
  expect(composer.body).toBe('See you at nine\nthey never pay')
})

test('what is not taken after its conversation was left is kept for when it is opened again', async () => {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const kept: unknown[] = []
  const keep = (draft: unknown) => kept.push(draft)
  const composer = givenComposer({ send: () => promise, keep })
  await composer.files.add([file])
  composer.body = 'See you at nine'

  const submitted = composer.submit()
  composer.leave()
  resolve(false)
  await submitted

  expect(kept).toEqual([{ text: 'See you at nine', note: false, files: [{ ...file, media }] }])
})
