import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { KnownError } from '@partyline/cli/known-error'

export interface ServerProcess {
  /** Settles when the process has ended, for whatever reason. */
  exited: Promise<unknown>
  stop(): Promise<void>
}

export interface ServerCommand {
  name: string
  command: string
  args: string[]
  cwd: string
  /** The line it prints once it takes connections. */
  ready: RegExp
  stopSignal: NodeJS.Signals
}

const patienceMs = 60_000
const graceMs = 10_000

/** Starts a server of somebody else's and waits until it says that it is ready. */
export async function startServerProcess(server: ServerCommand): Promise<ServerProcess> {
  const child = spawn(server.command, server.args, {
    cwd: server.cwd,
    // A session of its own: Ctrl-C reaches only us, and we stop the services before their stores.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
  })
  const exited = once(child, 'exit').catch(() => undefined)
  await untilReady(child, server)
  return {
    exited,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill(server.stopSignal)
      const deadline = setTimeout(() => child.kill('SIGKILL'), graceMs)
      await exited.finally(() => clearTimeout(deadline))
    },
  }
}

async function untilReady(child: ChildProcess, { name, ready }: ServerCommand): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  const said: string[] = []
  const fail = (why: string) => {
    const last = said.findLast((line) => /fatal|error|#/i.test(line)) ?? said.at(-1)
    reject(new KnownError(`${name} ${why}${last ? `: ${last.trim()}` : '.'}`))
  }
  for (const output of [child.stdout, child.stderr]) {
    if (!output) continue
    createInterface(output).on('line', (line) => {
      if (said.push(line) > 50) said.shift()
      if (ready.test(line)) resolve(undefined)
    })
  }
  child.once('error', (error) => fail(`could not be started (${error.message})`))
  child.once('close', () => fail('ended while starting'))
  const timer = setTimeout(() => {
    child.kill('SIGKILL')
    fail(`was not ready after ${patienceMs / 1000} s`)
  }, patienceMs)
  await promise.finally(() => clearTimeout(timer))
}
