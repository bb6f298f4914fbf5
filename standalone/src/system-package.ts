import { spawnSync } from 'node:child_process'
import { findProgram } from './find-program.ts'
import { say } from '@partyline/cli/print'

/** What a program's package is called, by package manager. */
export interface SystemPackage {
  'apt-get': string
  dnf?: string
  apk?: string
  pacman?: string
}

const installs: Record<keyof SystemPackage, (name: string) => string[][]> = {
  // Lists may be missing or old, so they are fetched only when the first try fails.
  'apt-get': (name) => [
    ['install', '-y', '-qq', '--no-install-recommends', name],
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', name],
  ],
  dnf: (name) => [['install', '-y', '-q', name]],
  apk: (name) => [['add', '--quiet', name]],
  pacman: (name) => [['-Sy', '--noconfirm', '--quiet', name]],
}

// No service of the system's own is started by installing.
const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }

/** Installs with the system's package manager, where this process may. False: it may not, or it failed. */
export function installSystemPackage(names: SystemPackage): boolean {
  if (process.getuid?.() !== 0) return false
  for (const [manager, name] of Object.entries(names) as [keyof SystemPackage, string][]) {
    const program = findProgram(manager)
    if (!program) continue
    say(`Installing ${name} with ${manager} …`)
    return installs[manager](name).some(
      (args) =>
        spawnSync(program, args, { env, stdio: 'ignore' }).status === 0 && args[0] !== 'update',
    )
  }
  return false
}
