import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

export interface OwnPorts extends AsyncDisposable {
  next(): number
}

/** Below those that a system gives to whoever asks for any. */
const first = 20_000
const blocks = 200
const perBlock = 50

/**
 * Ports of this run alone: what is killed has to find its own again, whoever else starts something
 * meanwhile. A listener on the first of a block keeps other runs out of it.
 */
export async function claimPorts(): Promise<OwnPorts> {
  for (let tried = 0; tried < blocks; tried += 1) {
    const base = first + ((process.pid + tried) % blocks) * perBlock
    const guard = createServer()
    if (!(await isOurs(guard, base))) continue
    let taken = 0
    return {
      next() {
        taken += 1
        if (taken === perBlock) throw new Error(`a run has ${perBlock - 1} ports`)
        return base + taken
      },
      async [Symbol.asyncDispose]() {
        guard.close()
        await once(guard, 'close')
      },
    }
  }
  throw new Error(`no ports are free from ${first} on`)
}

async function isOurs(guard: Server, port: number): Promise<boolean> {
  guard.listen(port, '127.0.0.1')
  return once(guard, 'listening').then(
    () => true,
    () => false,
  )
}
