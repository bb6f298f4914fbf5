import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Outcome } from './run-scenario.ts'

/** A line of the results file. */
export type Row = Outcome & { commit: string; at: string }

export function appendRow(file: string, row: Row): void {
  mkdirSync(path.dirname(file), { recursive: true })
  appendFileSync(file, `${JSON.stringify(row)}\n`)
}

/** The newest of each scenario, seed and length. */
export function readRows(file: string): Row[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  const rows = lines.map((line) => JSON.parse(line) as Row)
  return [
    ...new Map(rows.map((row) => [`${row.scenario} ${row.seed} ${row.seconds}`, row])).values(),
  ]
}

/** What is run: a commit, and whether anything was changed since. */
export function readCommit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no') !== ''
    return git('rev-parse', '--short', 'HEAD') + (changed ? ' and changes' : '')
  } catch {
    return 'unknown'
  }
}
