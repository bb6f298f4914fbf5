import { readParents } from './process-tree.ts'

/**
 * Ends everything this process has started, and what that has started, in one turn: nothing of ours runs in
 * between that would start it again.
 */
export function endFamily(): void {
  const parents = readParents()
  const isOurs = (pid: number): boolean => {
    const parent = parents.get(pid)
    return parent !== undefined && (parent === process.pid || isOurs(parent))
  }
  for (const pid of [...parents.keys()].filter(isOurs)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself between the look and the signal.
    }
  }
}
