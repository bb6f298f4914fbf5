import { prepare } from './prepare.mjs'
import { run } from './run.mjs'

// For scripts that are not a command of their own: the right Node, everything installed.
process.exitCode = await run(prepare(), process.argv.slice(2))
