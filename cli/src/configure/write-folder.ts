import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { replaceFile } from '../replace-file.ts'

export type Files = Record<string, string>

/** Makes a folder hold these files and no others. Each is whole at any moment; what is unchanged is not touched. */
export function writeFolder(folder: string, files: Files): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name)
    if (existsSync(file) && readFileSync(file, 'utf8') === content) continue
    // Readable for all: whoever may not read it does not see the folder.
    replaceFile(file, content, 0o444)
  }
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isFile() && !Object.hasOwn(files, entry.name)) rmSync(path.join(folder, entry.name))
  }
}
