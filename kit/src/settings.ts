import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export interface Read {
  env: NodeJS.ProcessEnv
  /** `NAME: what is wrong`, without a value. */
  problems: string[]
}

/**
 * The environment with what is in the folder that PARTYLINE_SETTINGS names: one file a variable, called like
 * it. What is set, or given as `NAME_FILE`, counts before it.
 */
export function readSettings(given: NodeJS.ProcessEnv): Read {
  const { PARTYLINE_SETTINGS: folder, ...env } = given
  const problems: string[] = []
  if (!folder) return { env, problems }
  for (const name of namesIn(folder, problems)) {
    if (env[name] || env[`${name}_FILE`]) continue
    try {
      env[name] = readValue(path.join(folder, name))
    } catch (error) {
      problems.push(`${name}: its file in PARTYLINE_SETTINGS cannot be read (${codeOf(error)})`)
    }
  }
  return { env, problems }
}

/** A mounted secret of Kubernetes holds folders of its own besides. */
function namesIn(folder: string, problems: string[]): string[] {
  try {
    return readdirSync(folder).filter((name) => /^[A-Z][A-Z0-9_]*$/.test(name))
  } catch (error) {
    problems.push(
      `PARTYLINE_SETTINGS: the folder cannot be read (${codeOf(error)}): it holds a file for each variable`,
    )
    return []
  }
}

/** Editors and `echo` end a file with a line break that is no part of its value. */
export function readValue(file: string): string {
  return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? 'unknown'
