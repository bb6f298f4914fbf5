import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const hook = fileURLToPath(new URL('crash-hook.ts', import.meta.url))
const restartMs = 200

export interface Spec {
  name: string
  /** Relative to the repository. */
  entry: string
  env: Record<string, string>
  logFile: string
}

/** A service in a process of its own, started again whenever it ends, as a container would be. */
export class Supervised {
  readonly name: string
  /** How often it ended at each crash point, and how often by our signals. */
  readonly ends: Record<string, number> = {}
  /** The crash points at which it may end. */
  readonly armed: string[]
  readonly #spec: Spec
  readonly #log: WriteStream
  #child: ChildProcess | undefined
  #wanted = true

  constructor(spec: Spec) {
    this.#spec = spec
    this.name = spec.name
    this.armed = (spec.env['CRASH_AT'] ?? '').match(/\b[A-Z]\d\b/g) ?? []
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

  /** No more faults: awake, and without crash points from here on. */
  heal(): void {
    this.kill('SIGCONT')
    if (!('CRASH_AT' in this.#spec.env)) return
    delete this.#spec.env['CRASH_AT']
    this.kill('SIGUSR2')
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
    const { entry, env } = this.#spec
    const child = spawn(process.execPath, ['--import', hook, entry], {
      cwd: root,
      env: { PATH: process.env['PATH'], ...env },
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
      if (this.#wanted) setTimeout(() => this.#wanted && this.#spawn(), restartMs)
    })
  }
}

function isRunning(child: ChildProcess | undefined): child is ChildProcess {
  return child !== undefined && child.exitCode === null && child.signalCode === null
}
