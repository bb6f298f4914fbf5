import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runAsProcess, runCommand } from '../../support/run-command.ts'

test('alone it lists its commands, and one that does not exist ends with the list and 2', async () => {
  const alone = await runCommand([])
  expect(alone.code).toBe(0)
  for (const name of ['configure', 'migrate', 'welcome', 'setup-link', 'doctor']) {
    expect(alone.said).toMatch(new RegExp(`^  ${name} +\\w`, 'm'))
  }

  const unknown = await runCommand(['toString'])
  expect(unknown).toMatchObject({ code: 2, said: '' })
  expect(unknown.complained).toContain('There is no command toString.')
  expect(unknown.complained).toContain('setup-link')
})

test('an option that does not exist and a bad environment are one line, and 1', async () => {
  const option = await runAsProcess(['configure', '--no-such-thing'])
  expect(option.code).toBe(1)
  expect(option.complained).toMatch(/^Unknown option '--no-such-thing'.*\n$/)

  const bad = await runCommand(['configure', '--to', '/nowhere'], { LIMIT: 'abc' })
  expect(bad.code).toBe(1)
  expect(bad.complained).toMatch(/^Bad environment: LIMIT: .*\n$/)
})

test('the doctor called wrongly says how to, and where no Partyline runs how to start one', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'partyline-nowhere-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const alone = { PARTYLINE_DATA: folder }
  const wrongly = await runCommand(['doctor', '--force'], alone)
  const nowhere = await runCommand(['doctor'], alone)

  expect(wrongly).toMatchObject({ code: 2, said: '' })
  expect(wrongly.complained).toContain('Usage: partyline doctor')
  expect(nowhere.code).toBe(1)
  expect(nowhere.said).toContain('It does not run here.')
  expect(nowhere.said).toContain('npm start')
})
