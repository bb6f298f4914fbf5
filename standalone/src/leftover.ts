import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { isAlive } from '@partyline/cli/is-alive'

const patienceMs = 15_000

/**
 * Ends a server that outlived a killed run of ours. Both servers work inside their own folder, which
 * is how one is told from an unrelated process that was given the same number later.
 */
export async function endLeftover(pidFile: string, folder: string, signal: NodeJS.Signals) {
  if (!existsSync(pidFile)) return
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
  const running = () => isAlive(pid) && worksIn(pid, folder)
  if (running()) {
    process.kill(pid, signal)
    const deadline = Date.now() + patienceMs
    while (running() && Date.now() < deadline) await wait(20)
    if (running()) process.kill(pid, 'SIGKILL')
  }
  rmSync(pidFile, { force: true })
}

function worksIn(pid: number, folder: string): boolean {
  if (existsSync('/proc/self/cwd')) {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder)
    } catch {
      // Gone in between, or somebody else's: either way not ours.
      return false
    }
  }
  const command = execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], {
    encoding: 'utf8',
  })
  return /postgres|redis-server/.test(command)
}
