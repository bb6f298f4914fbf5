import type { Command } from './command.ts'

/** Every command by its name. Each loads what it needs only when it is asked for. */
export const commands: Record<string, Command> = {
  configure: {
    help: 'checks the environment and writes what each container may know (docker compose)',
    run: async (call) => (await import('./configure/configure.ts')).configure(call),
  },
  migrate: {
    help: 'brings the database to this version, and makes the users of the services',
    run: async (call) => (await import('./migrate/migrate.ts')).migrate(call),
  },
  welcome: {
    help: 'makes the first lines, plays the demo once, and says where to go',
    run: async (call) => (await import('./welcome/welcome.ts')).welcome(call),
  },
  'setup-link': {
    help: 'prints a new one-time link, with which the first admin is made',
    run: async (call) => (await import('./setup-link.ts')).setupLink(call),
  },
  doctor: {
    help: 'looks at an installation, says what is wrong and what to do; sets webhooks with --fix',
    run: async (call) => (await import('./doctor/doctor.ts')).doctor(call),
  },
}

export function listCommands(): string {
  const rows = Object.entries(commands).map(([name, { help }]) => `  ${name.padEnd(12)} ${help}`)
  return ['Usage: partyline <command>', '', ...rows].join('\n')
}
