import { expect, test } from 'vitest'
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
