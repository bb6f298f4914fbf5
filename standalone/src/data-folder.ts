import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isAlive, startedAt } from './leftover.ts'
import { KnownError } from '@partyline/cli/known-error'

/** Raised when an older Partyline could no longer read what this one writes. */
const format = 1

export interface DataFolder extends Disposable {
  path: string
  /** What was kept under this name; made and kept the first time. Only this user can read it. */
  secret(name: string, make: () => string): string
  /** True once, ever, for each name: `done` makes it so. */
  isDone(name: string): boolean
  done(name: string): void
}

/** Opens the data, with `lock` for this process alone: two would fight over one database. */
export function openDataFolder(folder: string, options = { lock: true }): DataFolder {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  refuseNewer(folder)
  const release = options.lock ? lock(folder) : () => undefined
  const secretsFile = path.join(folder, 'secrets.json')
  const markOf = (name: string) => path.join(folder, `.${name}`)
  return {
    path: folder,
    secret(name, make) {
      const secrets = readSecrets(secretsFile)
      const kept = secrets[name]
      if (kept !== undefined) return kept
      const value = make()
      replaceFile(secretsFile, JSON.stringify({ ...secrets, [name]: value }, null, 2))
      return value
    },
    isDone: (name) => existsSync(markOf(name)),
    done: (name) => writeFileSync(markOf(name), ''),
    [Symbol.dispose]: release,
  }
}

function refuseNewer(folder: string): void {
  const file = path.join(folder, 'VERSION')
  if (!existsSync(file)) {
    writeFileSync(file, `${format}\n`)
    return
  }
  const written = Number(readFileSync(file, 'utf8'))
  if (written === format) return
  throw new KnownError(
    `The data in ${folder} was written by a newer version of Partyline: update Partyline, or set PARTYLINE_DATA to another folder.`,
  )
}

function lock(folder: string): () => void {
  const file = path.join(folder, 'partyline.pid')
  if (existsSync(file)) {
    const [pid = '', started = ''] = readFileSync(file, 'utf8').trim().split(' ')
    const other = Number(pid)
    if (other !== process.pid && isAlive(other) && startedAt(other) === started) {
      throw new KnownError(
        `Partyline already runs on ${folder} (process ${pid}): stop it first, or set PARTYLINE_DATA to another folder.`,
      )
    }
  }
  writeFileSync(file, `${process.pid} ${startedAt(process.pid)}\n`)
  return () => rmSync(file, { force: true })
}

function readSecrets(file: string): Record<string, string> {
  if (!existsSync(file)) return {}
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
}

/** Whole or not at all, also when the power goes. */
function replaceFile(file: string, content: string): void {
  writeFileSync(`${file}.new`, content, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}
