import { expect, test } from 'vitest'
import { ApiError } from '../api-error.ts'
import { file, givenComposer, media } from './given-composer.ts'

test('a picture alone can be sent once it is uploaded', async () => {
  const composer = givenComposer()

  const attached = composer.files.add([file])
  expect(composer.canSend).toBe(false)
  await attached

  expect(composer.canSend).toBe(true)
})

test('a file that no text can carry is refused before it is uploaded', async () => {
  const composer = givenComposer()

  await composer.files.add([{ ...file, size: 5_000_001 }])

  expect(composer.attachments[0]?.error).toContain('5 MB')
  expect(composer.canSend).toBe(false)
})

test('files that are too much together, and what no phone shows, are refused before they go up', async () => {
  const composer = givenComposer()

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
  const composer = givenComposer({
    upload: async () => {
      tries += 1
      if (tries === 1) throw new ApiError('unreachable', 'offline')
      return media
    },
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
  const composer = givenComposer({
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

test('a file of a draft that is no longer stored is told, and not sent', async () => {
  const draft = { text: 'Look', note: false, files: [{ ...file, media }] }
  const composer = givenComposer({ draft, isThere: async () => false })

  await composer.files.look()

  expect(composer.attachments).toMatchObject([{ media: null, lost: true }])
  expect(composer.canSend).toBe(false)
})

test('a file goes on going up while a scheduled text has its place in the box', async () => {
  const { promise, resolve } = Promise.withResolvers<typeof media>()
  const composer = givenComposer({
    upload: () => promise,
  })
  const attached = composer.files.add([file])

  composer.swap({ body: 'as it was', media: [] }, { waits: () => true })
  resolve(media)
  await attached
  composer.swapBack()

  expect(composer.canSend).toBe(true)
})

test('of a text that was sent after all only what was sent is taken back', async () => {
  const composer = givenComposer()
  await composer.files.add([file, { ...file, name: 'b.png' }])
  composer.body = 'hi'

  composer.forget({ body: 'hi', media: [{ ...media, id: 'm0' }] })

  expect(composer.body).toBe('')
  expect(composer.attachments).toHaveLength(2)
})
