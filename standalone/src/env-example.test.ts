import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

/** Read before any schema is, or kept for sign-in codes by SMS, which do not exist yet. */
const readElsewhere = ['PARTYLINE_SETTINGS', 'TWILIO_VERIFY_SERVICE_SID']

function declaredNames(): string[] {
  const files = globSync(
    [
      '{services/*,simulator,cli,standalone}/src/**/{config,installation,line-seeds}.ts',
      'kit/src/{env,media-store,push-hosts,send-limits,tracing-config}.ts',
    ],
    { cwd: root },
  )
  return files.flatMap((file) =>
    [...read(file).matchAll(/^ {2,4}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name ?? ''),
  )
}

test('B15 B16 B17: .env.example and the config schemas name the same variables', () => {
  const shown = [...read('.env.example').matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, n]) => n)

  expect(new Set(shown)).toEqual(new Set([...declaredNames(), ...readElsewhere]))
})

test('.env.example shows each variable once and holds no secret', () => {
  const lines = read('.env.example').split('\n')
  const shown = lines.flatMap((line) => /^#?([A-Z][A-Z0-9_]+)=(.*)$/.exec(line)?.slice(1) ?? [])
  const names = shown.filter((_, index) => index % 2 === 0)

  expect(names).toEqual([...new Set(names)])
  expect(lines.filter((line) => /(TOKEN|SECRET|PASSWORD)\w*=./.test(line))).toEqual([])
})
