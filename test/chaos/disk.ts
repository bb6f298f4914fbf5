import { execFileSync } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'

/** Why this process may not mount a file system of its own; undefined when it may. */
export function cannotMount(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    return 'small file systems are mounted by root on Linux only: run it as root'
  }
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'pipe' })
    return undefined
  } catch (error) {
    return `this machine lets root mount nothing (${String(error).split('\n')[0] ?? ''})`
  }
}

const filler = (folder: string) => path.join(folder, 'filler')

/** To the last byte: whatever needs room from here on is refused it. */
export function fill(folder: string): void {
  const file = openSync(filler(folder), 'a')
  try {
    for (let size = 1 << 20; size > 0; size = size >> 1) writeWhileFits(file, Buffer.alloc(size))
  } finally {
    closeSync(file)
  }
}

function writeWhileFits(file: number, bytes: Buffer): void {
  for (;;) {
    try {
      if (writeSync(file, bytes) < bytes.length) return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return
      throw error
    }
  }
}

export function makeRoom(folder: string): void {
  rmSync(filler(folder), { force: true })
}
