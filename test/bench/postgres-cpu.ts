import { readdirSync, readFileSync } from 'node:fs'

const tickMs = 10

/** Milliseconds of CPU that a Postgres and its connections, those that are closed included, have used so far. */
export function postgresCpuMs(url: string): () => Promise<number> {
  const server = serverOn(Number(new URL(url).port))
  return () => {
    const all = processes()
    const connections = all.filter(({ parent }) => parent === server)
    const closed = all.find(({ pid }) => pid === server)?.closedTicks ?? 0
    const ticks = connections.reduce((sum, { ownTicks }) => sum + ownTicks, closed)
    return Promise.resolve(ticks * tickMs)
  }
}

/** Several Postgres may run here: ours is the one that was given this port. */
function serverOn(port: number): number {
  const found = processes().find(({ pid, parent }) => {
    const [program = '', ...args] = textOf(pid, 'cmdline').split('\0')
    return parent !== 0 && program.endsWith('postgres') && args.includes(`port=${port}`)
  })
  if (!found) throw new Error(`no Postgres on port ${port}`)
  return found.pid
}

interface Process {
  pid: number
  parent: number
  ownTicks: number
  closedTicks: number
}

function processes(): Process[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name)
    const stat = Number.isInteger(pid) ? textOf(pid, 'stat') : ''
    if (stat === '') return []
    // The name in brackets may hold anything; what follows it is numbers.
    const [, parent = 0, ...rest] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [user = 0, system = 0, closedUser = 0, closedSystem = 0] = rest.slice(9)
    return { pid, parent, ownTicks: user + system, closedTicks: closedUser + closedSystem }
  })
}

function textOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
