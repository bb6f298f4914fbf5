import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { prepare } from './prepare.mjs'
import { run } from './run.mjs'

const node = prepare()
const folder = mkdtempSync(path.join(os.tmpdir(), 'partyline-results-'))
const results = path.join(folder, 'results.json')
const code = await run(node, [
  'node_modules/.bin/vitest',
  'run',
  ...['--config', 'test/vitest.config.ts'],
  ...['--reporter', 'default', '--reporter', 'json', `--outputFile.json=${results}`],
  ...process.argv.slice(2),
])
process.exitCode = summarise(code)

/** The last line, for people and scripts alike. */
function summarise(code) {
  try {
    const { numPassedTests, numFailedTests, success } = JSON.parse(readFileSync(results, 'utf8'))
    console.log(`${numPassedTests} passed, ${numFailedTests} failed`)
    return code === 0 && success ? 0 : code || 1
  } catch {
    console.log('0 passed, 0 failed')
    return code || 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
