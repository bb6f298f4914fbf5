import { existsSync } from 'node:fs'
import path from 'node:path'
import { runCommand } from './run-command.ts'

const envFile = path.join(import.meta.dirname, '../../.env')
if (existsSync(envFile)) process.loadEnvFile(envFile)
process.exitCode = await runCommand(process.argv.slice(2), process.env)
