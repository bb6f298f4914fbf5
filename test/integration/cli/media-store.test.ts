import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { checkMedia } from '@partyline/cli/doctor/check-media'
import { expect } from 'vitest'
import { startS3 } from '../../support/s3.ts'
import { test } from '../../support/stack.ts'

test('a folder that takes files is right, and holds none of ours afterwards', async ({ stack }) => {
  const findings = await checkMedia({ kind: 'disk' }, stack.dataFolder)

  expect(findings).toMatchObject([{ state: 'right' }])
  const left = await readdir(stack.dataFolder, { recursive: true, withFileTypes: true })
  expect(left.filter((entry) => entry.isFile())).toEqual([])
})

test('a folder that cannot be is wrong, and says why', async ({ stack }) => {
  const file = path.join(stack.dataFolder, 'file')
  await writeFile(file, '')

  const [finding] = await checkMedia({ kind: 'disk' }, file)

  expect(finding).toMatchObject({ state: 'wrong' })
  expect(finding?.says).toContain('ENOTDIR')
})

test('a bucket is tried too, and one that is not there is wrong', async ({ stack }) => {
  await using s3 = await startS3()
  const store = { kind: 's3', ...s3.config } as const

  expect(await checkMedia(store, stack.dataFolder)).toMatchObject([{ state: 'right' }])
  const [finding] = await checkMedia({ ...store, bucket: 'nowhere' }, stack.dataFolder)
  expect(finding).toMatchObject({ state: 'wrong' })
  expect(finding?.says).toContain('NoSuchBucket')
})
