import type { Call } from './command.ts'
import { commands, listCommands } from './commands.ts'
import { explain } from './explain.ts'
import { complain, say } from './print.ts'

/** Runs what was typed after `partyline`, and resolves to the exit code. */
export async function runCommand(typed: string[], env: Call['env']): Promise<number> {
  const [name, ...args] = typed
  if (name === undefined || ['help', '--help', '-h'].includes(name)) {
    say(listCommands())
    return 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    complain(`There is no command ${name}.\n\n${listCommands()}`)
    return 2
  }
  try {
    return await command.run({ args, env })
  } catch (error) {
    explain(error)
    return 1
  }
}
