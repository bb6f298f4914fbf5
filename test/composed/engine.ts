import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Why nothing can be composed on this machine; undefined when it can. */
export async function missingEngine(): Promise<string | undefined> {
  try {
    await run('docker', ['version', '--format', '{{.Server.Version}}'], { timeout: 10_000 })
    await run('docker', ['compose', 'version'], { timeout: 10_000 })
    return undefined
  } catch {
    return 'no Docker engine with Compose answers on this machine'
  }
}

/** Runs docker and returns what it printed. */
export async function docker(...args: string[]): Promise<string> {
  const { stdout } = await run('docker', args, { maxBuffer: 64 * 1_024 * 1_024 })
  return stdout.trim()
}
