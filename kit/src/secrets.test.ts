import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished, expect, test } from 'vitest'
import { z } from 'zod'
import { readEnv } from './config.ts'
import { secretNames } from './secrets.ts'

const all = z.object(Object.fromEntries(secretNames.map((name) => [name, z.string().optional()])))

function fileWith(content: string): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'partyline-secrets-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, 'secret')
  writeFileSync(file, content)
  return file
}

test('S36: every secret may be in a file, whose last line break is no part of it', () => {
  const file = fileWith('s3cr3t of many words \n')
  const env = Object.fromEntries(secretNames.map((name) => [`${name}_FILE`, file]))

  expect(readEnv(all, env)).toEqual(
    Object.fromEntries(secretNames.map((name) => [name, 's3cr3t of many words '])),
  )
})

test('S36: a file that cannot be read, or beside a value, is named, and no value shown', () => {
  const env = {
    TWILIO_AUTH_TOKEN_FILE: '/nowhere/token',
    ADMIN_PASSWORD: 'hunter2-hunter2',
    ADMIN_PASSWORD_FILE: fileWith('hunter2-hunter2'),
  }
  const said = () => readEnv(all, env)

  expect(said).toThrow('TWILIO_AUTH_TOKEN_FILE: cannot be read (ENOENT)')
  expect(said).toThrow('ADMIN_PASSWORD: is set, and ADMIN_PASSWORD_FILE too')
  expect(said).not.toThrow('hunter2')
})

test('S36: an empty file is a secret that is not set', () => {
  expect(readEnv(all, { TWILIO_API_SECRET_FILE: fileWith('\n') })).toEqual({})
  const given = { ADMIN_PASSWORD: 'hunter2-hunter2', ADMIN_PASSWORD_FILE: '/dev/null' }
  expect(readEnv(all, given)).toEqual({ ADMIN_PASSWORD: 'hunter2-hunter2' })
  const needed = z.object({ TWILIO_API_SECRET: z.string() })
  expect(() => readEnv(needed, { TWILIO_API_SECRET_FILE: '/dev/null' })).toThrow(
    'TWILIO_API_SECRET',
  )
})

test.each([
  'changeme',
  'change-me',
  'CHANGE_THIS',
  'your_auth_token',
  '<token>',
  'xxxxxxxx',
  'secret',
  'postgres://partyline:password@localhost/partyline',
  'redis://:changeme@localhost',
])('S36: %s is an example and not a secret', (value) => {
  for (const name of secretNames) {
    expect(() => readEnv(all, { [name]: value }), name).toThrow(`${name}: is an example`)
    expect(() => readEnv(all, { [`${name}_FILE`]: fileWith(value) })).toThrow('is an example')
  }
})

test('S36: what .env.example shows in the place of a secret does not start', () => {
  const file = fileURLToPath(new URL('../../.env.example', import.meta.url))
  const shown = [...readFileSync(file, 'utf8').matchAll(/^#?([A-Z0-9_]+)=(.+)$/gm)]
  const examples = shown.filter(
    ([, name = '', value = '']) =>
      secretNames.some((secret) => secret === name) && URL.parse(value)?.password !== '',
  )

  expect(examples.map(([, name]) => name)).toEqual(['DATABASE_URL'])
  for (const [, name = '', value] of examples) {
    expect(() => readEnv(all, { [name]: value })).toThrow(`${name}: is an example`)
  }
})

test('a real secret passes, also one with dots, and an address without a password', () => {
  const env = {
    DATABASE_URL: 'postgres://partyline:p%40ss.word@localhost:5432/partyline',
    REDIS_URL: 'redis://localhost:6379',
    TWILIO_AUTH_TOKEN: '2b1e4d5c6f7a8b9c0d1e2f3a4b5c6d7e',
    ADMIN_PASSWORD: 'correct horse. battery',
  }

  expect(readEnv(all, env)).toEqual(env)
})
