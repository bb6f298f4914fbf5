import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { CrashPlan, Service } from './crash-plan.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const hook = fileURLToPath(new URL('crash-hook.ts', import.meta.url))
const restartMs = 200

export interface Spec {
  service: Service
  name: string
  port: number
  env: Record<string, string>
  logFile: string
  /** Where it dies, each time. */
  crashes: CrashPlan
}

/** A service in a process of its own, started again whenever it ends, as a container would be. */
export class Supervised {
  readonly name: string
  /** How often it ended at each crash point, and how often by our signals. */
  readonly ends: Record<string, number> = {}
  readonly #spec: Spec
  readonly #log: WriteStream
  #child: ChildProcess | undefined
  #wanted = true

  constructor(spec: Spec) {
    this.#spec = spec
    this.name = spec.name
    this.#log = createWriteStream(spec.logFile, { flags: 'a' })
    this.#spawn()
  }

  kill(signal: NodeJS.Signals): void {
    this.#child?.kill(signal)
  }

  /** Ends it by the signal and starts the next once it is gone. */
  async restart(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (!isRunning(child)) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }

  /** Works, or will not for minutes. */
  async untilReady(): Promise<void> {
    const deadline = Date.now() + 180_000
    while (Date.now() < deadline) {
      const answer = await fetch(`http://127.0.0.1:${this.#spec.port}/readyz`).catch(
        () => undefined,
      )
      if (answer?.ok) return
      await wait(50)
    }
    throw new Error(`${this.name} did not become ready: see its log`)
  }

  /** Ends it for good, or until `start`. */
  async stop(signal: NodeJS.Signals): Promise<void> {
    this.#wanted = false
    await this.restart(signal)
  }

  isRunning(): boolean {
    return isRunning(this.#child)
  }

  start(): void {
    this.#wanted = true
    this.#spawn()
  }

  async end(): Promise<void> {
    await this.stop('SIGKILL')
    this.#log.end()
  }

  #spawn(): void {
    if (isRunning(this.#child)) return
    const { service, env, crashes } = this.#spec
    const death = crashes.take(service)
    const entry = `services/${service}/src/main.ts`
    const child = spawn(process.execPath, ['--import', hook, entry], {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        ...env,
        ...death?.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    let crashed: string | undefined
    child.stdout.pipe(this.#log, { end: false })
    child.stderr.on('data', (data: Buffer) => {
      crashed = /crashed at (\w+)/.exec(String(data))?.[1] ?? crashed
      this.#log.write(data)
    })
    child.once('close', (code, signal) => {
      const why = crashed ?? signal ?? `exit ${code ?? ''}`
      this.ends[why] = (this.ends[why] ?? 0) + 1
      if (death) crashes.giveBack(death, crashed !== undefined)
      if (this.#wanted) setTimeout(() => this.#wanted && this.#spawn(), restartMs)
    })
  }
}

function isRunning(child: ChildProcess | undefined): child is ChildProcess {
  return child !== undefined && child.exitCode === null && child.signalCode === null
}
