import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

const pauseMs = 200
/** Nothing takes so long; the number of a process that died may be another's by now. */
const longestMs = 600_000

/** Runs it when no other process on this machine holds the file. One that died does not hold it for long. */
export async function oneAtATime<T>(file: string, run: () => T | Promise<T>): Promise<T> {
  while (!take(file)) await setTimeout(pauseMs)
  try {
    return await run()
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    if (!isHeld(file)) rmSync(file, { force: true })
    return false
  }
}

function isHeld(file: string): boolean {
  try {
    if (statSync(file).mtimeMs < Date.now() - longestMs) return false
    const pid = Number(readFileSync(file, 'utf8'))
    // Empty for the moment between its making and its writing.
    if (pid > 0) process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
