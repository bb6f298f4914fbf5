import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { readEnv } from './config.ts'

const any = z.record(z.string(), z.string())

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'partyline-settings-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), content)
  }
  return folder
}

test('S36: what is in the folder of settings is read, without the last line break; an empty file is not set', () => {
  const folder = folderWith({ LIMIT: '30\n', ADMIN_PASSWORD: 'a long quiet evening', DOMAIN: '' })

  expect(readEnv(any, { PARTYLINE_SETTINGS: folder })).toEqual({
    LIMIT: '30',
    ADMIN_PASSWORD: 'a long quiet evening',
  })
})

test('S36: what is set, or given as a file of its own, counts before the folder', () => {
  const folder = folderWith({ LIMIT: '30', PORT: '1', REDIS_URL: 'redis://folder' })
  const file = path.join(folderWith({ url: 'redis://file' }), 'url')
  const given = { PARTYLINE_SETTINGS: folder, LIMIT: '5', PORT: '', REDIS_URL_FILE: file }

  expect(readEnv(any, given)).toEqual({ LIMIT: '5', PORT: '1', REDIS_URL: 'redis://file' })
})

test('a folder as Kubernetes mounts it is read: links, and folders of its own besides', () => {
  const folder = folderWith({})
  mkdirSync(path.join(folder, '..2026'))
  writeFileSync(path.join(folder, '..2026', 'LIMIT'), '7')
  symlinkSync('..2026', path.join(folder, '..data'))
  symlinkSync(path.join('..data', 'LIMIT'), path.join(folder, 'LIMIT'))

  expect(readEnv(any, { PARTYLINE_SETTINGS: folder })).toEqual({ LIMIT: '7' })
})

test('S36: a folder that is not there is named, and an example in a file is no secret', () => {
  expect(() => readEnv(any, { PARTYLINE_SETTINGS: '/nowhere' })).toThrow(
    'PARTYLINE_SETTINGS: the folder cannot be read (ENOENT)',
  )
  const folder = folderWith({ TWILIO_AUTH_TOKEN: 'changeme' })
  expect(() => readEnv(any, { PARTYLINE_SETTINGS: folder })).toThrow('is an example')
})
