import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@partyline/standalone/free-port'
import { expect } from 'vitest'

const web = fileURLToPath(new URL('../../web/', import.meta.url))
const require = createRequire(path.join(web, 'package.json'))

/** The dashboard as its developers run it, where alone the page of all components is. */
export async function serveDesignPage(backend: string): Promise<{ url: string } & AsyncDisposable> {
  const port = await freePort()
  const vite = path.join(path.dirname(require.resolve('vite/package.json')), 'bin/vite.js')
  const args = ['dev', '--strictPort', '--port', String(port), '--logLevel', 'error']
  const child = spawn(process.execPath, [vite, ...args], {
    cwd: web,
    env: { ...process.env, NODE_ENV: 'development', PARTYLINE_BACKEND: backend },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(child, 'exit')
  const url = `http://localhost:${port}`
  const stop = async () => {
    child.kill()
    await ended
  }
  const answers = async () => {
    const reply = await fetch(url).catch(() => undefined)
    return reply?.ok ?? child.exitCode
  }
  try {
    // It looks through all sources first, on a busy machine for a while.
    await expect.poll(answers, { interval: 200, timeout: 60_000 }).toBe(true)
  } catch (error) {
    await stop()
    throw error
  }
  return { url: `${url}/design`, [Symbol.asyncDispose]: stop }
}
