import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, statSync } from 'node:fs'
import { KnownError } from '@partyline/cli/known-error'

/** Puts what is needed in front of a command. */
export type Wrap = (command: string, args: string[]) => { command: string; args: string[] }

interface Way {
  /** Who owns the files, as seen from outside. */
  owner: number
  prefix: string[]
}

const nobody = 65_534
const setpriv = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups']

/** Postgres refuses to be root. In this order: the fewest rights first. */
const ways: Way[] = [
  { owner: nobody, prefix: setpriv },
  // A clone under /root is closed to everybody else: file access alone is allowed back. The bit makes
  // access(2), with which Postgres looks for its own programs, agree with what open(2) allows.
  {
    owner: nobody,
    prefix: [
      ...[...setpriv, '--securebits=+no_setuid_fixup'],
      ...['--inh-caps=+dac_override', '--ambient-caps=+dac_override'],
    ],
  },
  // Where other users cannot be had at all: root outside, but not in there.
  { owner: 0, prefix: ['unshare', `--map-user=${nobody}`, `--map-group=${nobody}`] },
]

/** How to run Postgres on `folder` when this process is root; as it is when it is not. */
export function unprivileged(initdb: string, folder: string): Wrap {
  if (process.getuid?.() !== 0) return (command, args) => ({ command, args })
  const way = ways.find((candidate) => works(candidate, initdb, folder))
  if (!way) {
    throw new KnownError(
      'Postgres does not run as root and this machine lets root become nobody else: start as an ordinary user, or set DATABASE_URL.',
    )
  }
  const [first = '', ...rest] = way.prefix
  return (command, args) => ({ command: first, args: [...rest, command, ...args] })
}

function works({ owner, prefix }: Way, initdb: string, folder: string): boolean {
  own(folder, owner)
  const [first = '', ...rest] = prefix
  const probe = ['sh', '-c', 'cd "$2" && "$1" --show -D "$2"', 'probe', initdb, folder]
  return spawnSync(first, [...rest, ...probe], { stdio: 'ignore' }).status === 0
}

function own(folder: string, owner: number): void {
  if (statSync(folder).uid === owner) return
  chownSync(folder, owner, owner)
  execFileSync('chown', ['-R', `${owner}:${owner}`, folder])
}
