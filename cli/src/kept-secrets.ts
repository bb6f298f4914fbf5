import { existsSync, readFileSync } from 'node:fs'
import { replaceFile } from './replace-file.ts'

/** What was kept under this name; made and kept the first time. */
export type KeptSecrets = (name: string, make: () => string) => string

/** Secrets of this installation's own, in a file that only this user can read. */
export function keptSecrets(file: string): KeptSecrets {
  return (name, make) => {
    const secrets = read(file)
    const kept = secrets[name]
    if (kept !== undefined) return kept
    const value = make()
    replaceFile(file, JSON.stringify({ ...secrets, [name]: value }, null, 2), 0o600)
    return value
  }
}

function read(file: string): Record<string, string> {
  if (!existsSync(file)) return {}
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
}
