import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Command } from './command.ts'
import { commands, listCommands } from './commands.ts'
import { explain } from './explain.ts'
import { complain, say } from './print.ts'

const [name, ...args] = process.argv.slice(2)
const command = name === undefined || !Object.hasOwn(commands, name) ? undefined : commands[name]

if (command) process.exitCode = await run(command)
else if (name === undefined || ['help', '--help', '-h'].includes(name)) say(listCommands())
else {
  complain(`There is no command ${name}.\n\n${listCommands()}`)
  process.exitCode = 2
}

async function run(command: Command): Promise<number> {
  try {
    const envFile = path.join(import.meta.dirname, '../../.env')
    if (existsSync(envFile)) process.loadEnvFile(envFile)
    return await command.run({ args, env: process.env })
  } catch (error) {
    explain(error)
    return 1
  }
}
