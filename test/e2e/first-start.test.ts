import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { conversationEndpoints } from '@partyline/contracts/api/conversations'
import { sessionEndpoints } from '@partyline/contracts/api/session'
import { loadConfig } from '@partyline/standalone/config'
import { createApiClient } from '@partyline/cli/demo/api-client'
import { freePort } from '@partyline/standalone/free-port'
import { createStandalone } from '@partyline/standalone/standalone'
import { expect } from 'vitest'
import { type Stack, test } from '../support/stack.ts'

const main = fileURLToPath(new URL('../../standalone/src/main.ts', import.meta.url))

const environment = (stack: Stack, port: number) => ({
  PORT: String(port),
  DATABASE_URL: stack.databaseUrl,
  REDIS_URL: stack.redisUrl,
  REDIS_DURABILITY: 'warn',
  QUEUE_PREFIX: stack.prefix,
  PARTYLINE_DATA: stack.dataFolder,
  LOG_LEVEL: 'silent',
})

async function conversationsAfterStart(stack: Stack): Promise<string[]> {
  await using started = new AsyncDisposableStack()
  const port = await freePort()
  const config = loadConfig(environment(stack, port), stack.dataFolder)
  const product = createStandalone({ config, webFolder: stack.dataFolder })
  started.defer(() => product.stop())
  const { signIn } = await product.start()
  const api = createApiClient(`http://localhost:${port}`)
  await api.call(sessionEndpoints.create, { body: signIn })
  const { items } = await api.call(conversationEndpoints.list)
  return items.map(({ name, status, unread }) => `${name}, ${status}, ${unread} unread`)
}

test('the first start with the simulator prints a sign-in that works and has a story to look at; the second adds nothing', async ({
  stack,
}) => {
  const first = await conversationsAfterStart(stack)
  const second = await conversationsAfterStart(stack)

  expect(first).toEqual([
    '(305) 555-0133, open, 1 unread',
    'Sofia Marino, open, 1 unread',
    'Mara Lindqvist, open, 1 unread',
    'Noah Kim, open, 0 unread',
    'Omar Haddad, closed, 0 unread',
    'Conference, open, 0 unread',
  ])
  expect(second).toEqual(first)
})

async function startOnce(env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [complaint] = await Promise.all([text(child.stderr), once(child, 'exit')])
  return { complaint, code: child.exitCode }
}

test('bad variables end the start with one line that names them all and shows no value', async ({
  stack,
}) => {
  const env = { ...environment(stack, 1), TWILIO_ACCOUNT_SID: 'hunter2', LIMIT: 'hunter3' }

  const { complaint, code } = await startOnce(env)

  expect(code).toBe(1)
  expect(complaint.trim().split('\n')).toHaveLength(1)
  expect(complaint).toContain('TWILIO_ACCOUNT_SID')
  expect(complaint).toContain('LIMIT')
  expect(complaint).not.toContain('hunter')
})

test('a port in use ends the start with one line', async ({ stack }) => {
  const other = createServer().listen(0)
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo

  const { complaint, code } = await startOnce(environment(stack, port))
  other.close()

  expect(code).toBe(1)
  expect(complaint).toBe(`Port ${port} is in use by another program: set PORT to another one.\n`)
})
