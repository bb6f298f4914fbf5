import { glob, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))

test('E16: only one folder of the dispatcher and the signature check know the provider’s library', async () => {
  const found = new Set<string>()
  for await (const file of glob('{contracts,kit,db,services,standalone,web}/**/src/**/*.ts', {
    cwd: root,
    exclude: ['**/node_modules/**'],
  })) {
    if (/from 'twilio[/']/.test(await readFile(`${root}/${file}`, 'utf8'))) found.add(file)
  }

  const allowed = /^services\/(dispatcher\/src\/twilio\/|ingress\/src\/signature\.ts)/
  expect(found.size).toBeGreaterThan(1)
  expect([...found].filter((file) => !allowed.test(file))).toEqual([])
})
