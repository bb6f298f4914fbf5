import { prepare } from './prepare.mjs'
import { run } from './run.mjs'

const node = prepare()
const entry = process.argv.includes('--dev') ? 'dev.ts' : 'main.ts'
// The channel tells the program when this one is gone, even when it was killed.
process.exitCode = await run(node, [`standalone/src/${entry}`], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
})
