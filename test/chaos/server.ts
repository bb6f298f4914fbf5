import type { ServerProcess } from '@partyline/standalone/server-process'

type Running = ServerProcess & { url: string }

/** A store that can be killed, frozen and started again where it was. */
export class Server {
  url = ''
  readonly #begin: () => Promise<Running>
  readonly #family: () => number[]
  #running: Running | undefined

  constructor(begin: () => Promise<Running>, family: () => number[]) {
    this.#begin = begin
    this.#family = family
  }

  /** Also when it has ended by itself. */
  async start(): Promise<void> {
    if (this.#running) return
    const running = await this.#begin()
    this.#running = running
    this.url = running.url
    void running.exited.then(() => {
      if (this.#running === running) this.#running = undefined
    })
  }

  /** All of its processes at once, as when the machine stops. */
  async kill(): Promise<void> {
    const running = this.#running
    if (!running) return
    this.#running = undefined
    this.#signal('SIGKILL')
    await running.exited
  }

  freeze(): void {
    if (this.#running) this.#signal('SIGSTOP')
  }

  thaw(): void {
    if (this.#running) this.#signal('SIGCONT')
  }

  #signal(signal: NodeJS.Signals): void {
    for (const pid of this.#family()) {
      try {
        process.kill(pid, signal)
      } catch {
        // It ended by itself between the look and the signal.
      }
    }
  }
}
