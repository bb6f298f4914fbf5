import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const results = fileURLToPath(new URL('../../test-results/looks/', import.meta.url))
const accepted = fileURLToPath(new URL('../browser/looks/', import.meta.url))

// What the last run saw otherwise is from now on how it should look.
const names = existsSync(results) ? await readdir(results) : []
await mkdir(accepted, { recursive: true })
for (const name of names.filter((name) => !name.endsWith('.diff.png'))) {
  await copyFile(results + name, accepted + name)
  process.stdout.write(`${name}\n`)
}
await rm(results, { recursive: true, force: true })
