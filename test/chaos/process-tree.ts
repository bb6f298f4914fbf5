import { readdirSync, readFileSync } from 'node:fs'

/** Of every process that runs, by its id, the id of its parent. */
export function readParents(): Map<number, number> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return new Map(pids.flatMap((pid) => parentOf(pid)))
}

function parentOf(pid: string): [number, number][] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return [[Number(pid), Number(fields[1])]]
  } catch {
    // It ended while we looked.
    return []
  }
}
