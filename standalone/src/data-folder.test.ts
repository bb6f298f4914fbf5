import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test as base } from 'vitest'
import { openDataFolder } from './data-folder.ts'
import { startedAt } from '@partyline/cli/is-alive'

const test = base.extend<{ folder: string }>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'partyline-folder-'))
    await use(folder)
    rmSync(folder, { recursive: true })
  },
})

test('a secret is made once and only this user can read it', ({ folder }) => {
  using data = openDataFolder(folder)

  expect(data.secret('token', () => 'first')).toBe('first')
  expect(data.secret('token', () => 'second')).toBe('first')
  expect(statSync(path.join(folder, 'secrets.json')).mode & 0o077).toBe(0)
})

test('what is done stays done when the folder is opened again', ({ folder }) => {
  {
    using data = openDataFolder(folder)
    expect(data.isDone('demo')).toBe(false)
    data.done('demo')
  }
  using data = openDataFolder(folder)

  expect(data.isDone('demo')).toBe(true)
})

test('data of a newer version is refused', ({ folder }) => {
  writeFileSync(path.join(folder, 'VERSION'), '99\n')

  expect(() => openDataFolder(folder)).toThrow('written by a newer version of Partyline')
})

test('data that another running process holds is refused', ({ folder }) => {
  const { ppid } = process
  writeFileSync(path.join(folder, 'partyline.pid'), `${ppid} ${startedAt(ppid)}\n`)

  expect(() => openDataFolder(folder)).toThrow(`already runs on ${folder} (process ${ppid})`)
})

test('what a dead process held is free, also when its number was given to another', ({
  folder,
}) => {
  writeFileSync(path.join(folder, 'partyline.pid'), `${process.ppid} 0\n`)
  using data = openDataFolder(folder)

  expect(data.path).toBe(folder)
})
