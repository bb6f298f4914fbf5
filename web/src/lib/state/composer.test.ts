import { expect, test } from 'vitest'
import { ApiError } from '../api-error.ts'
import { ComposerState } from './composer.svelte.ts'

const file = { name: 'a.png', size: 10, type: 'image/png' }
const media = {
  id: 'm1',
  contentType: 'image/png',
  sizeBytes: 10,
  fileName: null,
  state: 'stored',
  ...{ width: null, height: null },
  url: '/x',
} as const

const deps = {
  draft: undefined,
  upload: async () => media,
  isThere: async () => true,
  keep: () => undefined,
}

function given(send: () => Promise<boolean> = async () => true) {
  return new ComposerState<typeof file>({ ...deps, send })
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

  const attached = composer.files.add([file])
  expect(composer.canSend).toBe(false)
  await attached

  expect(composer.canSend).toBe(true)
})

test('a file that no text can carry is refused before it is uploaded', async () => {
  const composer = given()

  await composer.files.add([{ ...file, size: 5_000_001 }])

  expect(composer.attachments[0]?.error).toContain('5 MB')
  expect(composer.canSend).toBe(false)
})

test('files that are too much together, and what no phone shows, are refused before they go up', async () => {
  const composer = given()

  await composer.files.add([
    { ...file, size: 3_000_000 },
    { ...file, size: 3_000_000 },
    { ...file, type: 'application/zip' },
  ])

  expect(composer.attachments.map(({ error }) => error)).toEqual([
    null,
    expect.stringContaining('Together more than 5 MB'),
    expect.stringContaining('Not a picture'),
  ])
})

test('a file that did not go up is kept, and goes up when it is tried again', async () => {
  let tries = 0
  const composer = new ComposerState<typeof file>({
    ...deps,
    upload: async () => {
      tries += 1
      if (tries === 1) throw new ApiError('unreachable', 'offline')
      return media
    },
    send: async () => true,
  })

  await composer.files.add([file])
  expect(composer.attachments[0]?.error).not.toBe(null)
  expect(composer.canSend).toBe(false)
  await composer.files.retry(composer.attachments[0]?.key ?? 0)

  expect(composer.attachments[0]).toMatchObject({ media, error: null })
  expect(composer.canSend).toBe(true)
})

test('a note takes no files along and may be longer than a text', async () => {
  const sent: unknown[] = []
  const composer = new ComposerState<typeof file>({
    ...deps,
    send: async (...given) => sent.push(given) > 0,
  })
  await composer.files.add([file])
  composer.body = 'x'.repeat(1_601)
  expect(composer.canSend).toBe(false)

  composer.note = true
  expect(composer.canSend).toBe(true)
  await composer.submit({ undoSeconds: 10 })

  expect(sent).toEqual([[{ body: 'x'.repeat(1_601), media: [] }, { note: true }]])
  expect(composer.attachments).toHaveLength(1)
})

test('a text that is taken back is in the box with its files, in front of what was typed since', () => {
  const composer = given()
  composer.body = 'second'

  composer.restore({ body: 'first', media: [media] })

  expect(composer.body).toBe('first\nsecond')
  expect(composer.attachments).toMatchObject([{ media, error: null }])
  expect(composer.canSend).toBe(true)
})

test('once a note is added the box is for texts again, and for the note that was not taken', async () => {
  const taken = [true, false]
  const composer = given(async () => taken.shift() ?? false)
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
  const before = new ComposerState<typeof file>({ ...deps, upload, send: async () => true })
  before.body = 'Look'
  void before.files.add([file, { ...file, name: 'b.png' }, { ...file, type: 'application/zip' }])
  await expect.poll(() => before.files.media.length).toBe(1)

  const draft = before.draft
  const after = new ComposerState<typeof file>({ ...deps, draft, send: async () => true })
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

test('a file of a draft that is no longer stored is told, and not sent', async () => {
  const draft = { text: 'Look', note: false, files: [{ ...file, media }] }
  const composer = new ComposerState<typeof file>({
    ...{ ...deps, draft, isThere: async () => false },
    send: async () => true,
  })

  await composer.files.look()

  expect(composer.attachments).toMatchObject([{ media: null, lost: true }])
  expect(composer.canSend).toBe(false)
})

test('a note that is written while a text comes back stays a note, so that nobody outside gets it', async () => {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const composer = given(() => promise)
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
  const composer = new ComposerState<typeof file>({ ...deps, send: () => promise, keep })
  await composer.files.add([file])
  composer.body = 'See you at nine'

  const submitted = composer.submit()
  composer.leave()
  resolve(false)
  await submitted

  expect(kept).toEqual([{ text: 'See you at nine', note: false, files: [{ ...file, media }] }])
})

test('a file goes on going up while a scheduled text has its place in the box', async () => {
  const { promise, resolve } = Promise.withResolvers<typeof media>()
  const composer = new ComposerState<typeof file>({
    ...deps,
    upload: () => promise,
    send: async () => true,
  })
  const attached = composer.files.add([file])

  composer.swap({ body: 'as it was', media: [] }, { waits: true })
  resolve(media)
  await attached
  composer.swapBack()

  expect(composer.canSend).toBe(true)
})

test('of a text that was sent after all only what was sent is taken back', async () => {
  const composer = given()
  await composer.files.add([file, { ...file, name: 'b.png' }])
  composer.body = 'hi'

  composer.forget({ body: 'hi', media: [{ ...media, id: 'm0' }] })

  expect(composer.body).toBe('')
  expect(composer.attachments).toHaveLength(2)
})
