import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isAlive, startedAt } from '@partyline/cli/is-alive'
import { type KeptSecrets, keptSecrets } from '@partyline/cli/kept-secrets'
import { KnownError } from '@partyline/cli/known-error'

/** Raised when an older Partyline could no longer read what this one writes. */
const format = 1

export interface DataFolder extends Disposable {
  path: string
  secret: KeptSecrets
  /** True once, ever, for each name: `done` makes it so. */
  isDone(name: string): boolean
  done(name: string): void
}

/** Opens the data, with `lock` for this process alone: two would fight over one database. */
export function openDataFolder(folder: string, options = { lock: true }): DataFolder {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  refuseNewer(folder)
  const release = options.lock ? lock(folder) : () => undefined
  const markOf = (name: string) => path.join(folder, `.${name}`)
  return {
    path: folder,
    secret: keptSecrets(path.join(folder, 'secrets.json')),
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
