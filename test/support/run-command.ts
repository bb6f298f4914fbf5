import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../cli/bin/partyline.mjs', import.meta.url))

export interface Answer {
  code: number | null
  said: string
  complained: string
}

/** Runs `partyline` as the image does: a process that is told nothing but this environment. */
export async function runCommand(
  args: string[],
  env: Record<string, string | undefined> = {},
): Promise<Answer> {
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)])
  await exited
  return { code: child.exitCode, said, complained }
}
