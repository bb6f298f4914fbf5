import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { freePort } from '@partyline/standalone/free-port'
import type { Stack } from './stack.ts'
import { account, publicUrl } from './webhook.ts'

/** A real file of a service's as a process of its own, on a test's own stack. */
export async function runService(
  name: 'ingress' | 'dispatcher' | 'realtime' | 'api',
  stack: Stack,
  { env = {}, args = [] }: { env?: Record<string, string>; args?: string[] } = {},
) {
  const port = await freePort()
  const main = fileURLToPath(new URL(`../../services/${name}/src/main.ts`, import.meta.url))
  const child = spawn(process.execPath, [...args, main], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: stack.databaseUrl,
      REDIS_URL: stack.redisUrl,
      // The tests' Redis is in memory.
      REDIS_DURABILITY: 'warn',
      QUEUE_PREFIX: stack.prefix,
      PUBLIC_URL: publicUrl,
      PARTYLINE_DATA: stack.dataFolder,
      TWILIO_ACCOUNT_SID: account.sid,
      TWILIO_AUTH_TOKEN: account.token,
      TWILIO_API_URL: 'http://127.0.0.1:9',
      [`${name.toUpperCase()}_PORT`]: String(port),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const hear = (piece: Buffer) => void (said += String(piece))
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = once(child, 'exit')
  return {
    url: `http://127.0.0.1:${port}`,
    said: () => said,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** Its exit code, once it has ended. */
    code: async () => ((await ended) as [number | null])[0],
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
