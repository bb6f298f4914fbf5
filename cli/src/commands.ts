import type { Command } from './command.ts'

/** Every command by its name. Each loads what it needs only when it is asked for. */
export const commands: Record<string, Command> = {}

export function listCommands(): string {
  const rows = Object.entries(commands).map(([name, { help }]) => `  ${name.padEnd(12)} ${help}`)
  return ['Usage: partyline <command>', '', ...rows].join('\n')
}
