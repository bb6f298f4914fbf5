import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { format } from 'node:util'
import { runCommand as run } from '@partyline/cli/run-command'
import { vi } from 'vitest'

const bin = fileURLToPath(new URL('../../cli/bin/partyline.mjs', import.meta.url))

export interface Answer {
  code: number | null
  said: string
  complained: string
}

/** Runs `partyline` in this process, one at a time, told nothing but this environment. */
export async function runCommand(
  args: string[],
  env: Record<string, string | undefined> = {},
): Promise<Answer> {
  let said = ''
  let complained = ''
  const log = vi.spyOn(console, 'log')
  const error = vi.spyOn(console, 'error')
  log.mockImplementation((...given: unknown[]) => void (said += `${format(...given)}\n`))
  error.mockImplementation((...given: unknown[]) => void (complained += `${format(...given)}\n`))
  try {
    const code = await run(args, env)
    return { code, said, complained }
  } finally {
    log.mockRestore()
    error.mockRestore()
  }
}

/** The same as the image does it. */
export async function runAsProcess(
  args: string[],
  env: Record<string, string | undefined> = {},
): Promise<Answer> {
  const child = spawn(process.execPath, [bin, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)])
  await exited
  return { code: child.exitCode, said, complained }
}
