import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { isAlive, startedAt } from './is-alive.ts'
import { replaceFile } from './replace-file.ts'

/** What only a running `npm start` knows: where its stores are, and the keys of its simulator. */
type RunningEnv = Record<string, string>

interface Written {
  pid: number
  startedAt: string
  env: RunningEnv
}

const fileIn = (folder: string) => path.join(folder, 'running.json')

/** Tells commands of the same user how to reach what this process runs, until it is disposed of. */
export function announceRunning(folder: string, env: RunningEnv): Disposable {
  const { pid } = process
  const written: Written = { pid, startedAt: startedAt(pid), env }
  replaceFile(fileIn(folder), JSON.stringify(written, null, 2), 0o600)
  return { [Symbol.dispose]: () => rmSync(fileIn(folder), { force: true }) }
}

/** Undefined when no Partyline runs on this folder. */
export function findRunning(folder: string): RunningEnv | undefined {
  const file = fileIn(folder)
  if (!existsSync(file)) return undefined
  const written = JSON.parse(readFileSync(file, 'utf8')) as Written
  const runs = isAlive(written.pid) && startedAt(written.pid) === written.startedAt
  return runs ? written.env : undefined
}
