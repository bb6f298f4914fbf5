import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { BlobStore } from '@partyline/kit/blobs'
import { createDiskBlobs } from '@partyline/kit/disk-blobs'
import { createS3Blobs, type S3Config } from '@partyline/kit/s3-blobs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startS3 } from '../../support/s3.ts'

const resources = new AsyncDisposableStack()
const stores: Record<string, BlobStore> = {}
let s3: S3Config
beforeAll(async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'partyline-blobs-'))
  resources.defer(() => rm(folder, { recursive: true, force: true }))
  s3 = resources.use(await startS3()).config
  stores['disk'] = createDiskBlobs(folder)
  stores['S3'] = createS3Blobs(s3)
})
afterAll(() => resources.disposeAsync())

const nobody = 'f'.repeat(64)
const large = Buffer.alloc(5_000_000, 'a picture ')

describe.each(['disk', 'S3'])('files on %s', (name) => {
  const store = () => stores[name] as BlobStore
  const readAll = async (key: string) => buffer(await store().read(key))

  test('come back byte for byte, large ones and empty ones too', async () => {
    for (const bytes of [large, Buffer.from([0, 255, 13, 10]), Buffer.alloc(0)]) {
      const key = await store().put(bytes)
      expect(key).toMatch(/^[0-9a-f]{64}$/)
      expect((await readAll(key)).equals(bytes)).toBe(true)
    }
  })

  test('are stored once, however many store them at once', async () => {
    const bytes = Buffer.from('the same')
    const keys = await Promise.all(Array.from({ length: 10 }, () => store().put(bytes)))

    expect(new Set(keys).size).toBe(1)
    expect((await readAll(keys[0] ?? '')).equals(bytes)).toBe(true)
  })

  test('are gone once deleted, and deleting again is no error', async () => {
    const key = await store().put(Buffer.from('short-lived'))
    await store().delete(key)
    await store().delete(key)

    await expect(store().read(key)).rejects.toMatchObject({ code: 'not_found' })
    await expect(store().read(nobody)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('S34: are found by their hash alone, never by a path', async () => {
    for (const key of ['../secrets.json', `${'a'.repeat(63)}/`, '', 'A'.repeat(64)]) {
      await expect(store().read(key)).rejects.toThrow('not a blob key')
    }
  })
})

test('what is wrong with S3 is said in the cause, and who asked is told to try later', async () => {
  const failing = async (given: Partial<S3Config>, patienceMs = 30_000) => {
    const error: unknown = await createS3Blobs({ ...s3, ...given }, patienceMs)
      .put(large)
      .catch((error: unknown) => error)
    expect(error).toMatchObject({ code: 'unavailable', message: /Try again later/ })
    return String((error as Error).cause)
  }
  const silent = createServer(() => undefined)
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as AddressInfo

  expect(await failing({ accessKeyId: 'nobody' })).toMatch('403 (InvalidAccessKeyId)')
  expect(await failing({ bucket: 'elsewhere' })).toMatch('404 (NoSuchBucket)')
  expect(await failing({ endpoint: 'http://127.0.0.1:1' })).toMatch('fetch failed')
  expect(await failing({ endpoint: `http://127.0.0.1:${port}` }, 300)).toMatch('no answer in time')
  silent.close()
})

test('a bucket that is not there is no file that is gone', async () => {
  const astray = createS3Blobs({ ...s3, bucket: 'elsewhere' })

  await expect(astray.read(nobody)).rejects.toMatchObject({ code: 'unavailable' })
})
