import type { Command } from './command.ts'

/** Every command by its name. Each loads what it needs only when it is asked for. */
export const commands: Record<string, Command> = {
  configure: {
    help: 'checks the environment and writes what each container may know (docker compose)',
    run: async (call) => (await import('./configure/configure.ts')).configure(call),
  },
}

export function listCommands(): string {
  const rows = Object.entries(commands).map(([name, { help }]) => `  ${name.padEnd(12)} ${help}`)
  return ['Usage: partyline <command>', '', ...rows].join('\n')
}
