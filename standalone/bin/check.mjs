import { prepare } from './prepare.mjs'
import { run } from './run.mjs'

const bin = (name) => `node_modules/.bin/${name}`

const checks = {
  // Writes the types that the checks of web/ read.
  'svelte-kit sync': ['../node_modules/.bin/svelte-kit', 'sync'],
  types: [bin('tsc'), '-p', '.'],
  // A worker knows no document.
  'types of the service worker': [bin('tsc'), '-p', 'web/src/service-worker'],
  'svelte-check': [bin('svelte-check'), '--workspace', 'web', '--fail-on-warnings'],
  lint: [bin('eslint'), '.', '--max-warnings=0'],
  format: [bin('prettier'), '--check', '--log-level=warn', '.'],
  'unused code': [bin('knip')],
}
const inWeb = ['svelte-kit sync']

const node = prepare()
const failed = []
for (const [name, args] of Object.entries(checks)) {
  const began = Date.now()
  const code = await run(node, args, inWeb.includes(name) ? { cwd: 'web' } : {})
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  if (code !== 0) failed.push(name)
}
console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`)
process.exitCode = failed.length === 0 ? 0 : 1
