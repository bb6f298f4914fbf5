import { renameSync, rmSync, writeFileSync } from 'node:fs'

/** Whole or not at all, also when the power goes. */
export function replaceFile(file: string, content: string, mode: number): void {
  const next = `${file}.new`
  // One that was left half written may be read-only.
  rmSync(next, { force: true })
  writeFileSync(next, content, { mode, flush: true })
  renameSync(next, file)
}
