import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { oneAtATime } from './one-at-a-time.ts'

const newFile = () => path.join(mkdtempSync(path.join(os.tmpdir(), 'partyline-one-')), 'held')

test('it waits until the file is given back, and gives it back itself', async () => {
  const file = newFile()
  writeFileSync(file, String(process.pid))
  const order: string[] = []

  const second = oneAtATime(file, () => order.push('second'))
  order.push('first')
  rmSync(file)
  await second

  expect(order).toEqual(['first', 'second'])
  expect(existsSync(file)).toBe(false)
})

test('a process that died holds nothing', async () => {
  const file = newFile()
  const { pid } = spawnSync(process.execPath, ['--version'])
  writeFileSync(file, String(pid))

  expect(await oneAtATime(file, () => 'done')).toBe('done')
})

test('a file from long ago holds nobody up, whoever has the number of its process today', async () => {
  const file = newFile()
  writeFileSync(file, String(process.pid))
  const longAgo = new Date(Date.now() - 3_600_000)
  utimesSync(file, longAgo, longAgo)

  expect(await oneAtATime(file, () => 'done')).toBe('done')
})
