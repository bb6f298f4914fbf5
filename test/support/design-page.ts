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
  const answers = async () => {
    if (child.exitCode !== null) throw new Error('vite dev ended')
    return fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
  }
  await expect.poll(answers, { interval: 100 }).toBe(true)
  return {
    url: `${url}/design`,
    async [Symbol.asyncDispose]() {
      child.kill()
      await ended
    },
  }
}
