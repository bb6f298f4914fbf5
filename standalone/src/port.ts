import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { KnownError } from '@partyline/cli/known-error'

const reasons: Record<string, string> = {
  EADDRINUSE: 'is in use by another program',
  EACCES: 'is not open to this user',
}

/** Fails with what to do when the port cannot be had. */
export async function listen(server: Server, port: number) {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  server.once('error', reject)
  server.listen(port, () => resolve(undefined))
  try {
    await promise
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? ''
    const why = reasons[code] ?? `cannot be used (${code})`
    throw new KnownError(`Port ${port} ${why}: set PORT to another one.`, { cause })
  }
  server.off('error', reject)
}

/** Says so before anything is started, not after. */
export async function assertPortFree(port: number): Promise<void> {
  const probe = createServer()
  await listen(probe, port)
  probe.close()
  await once(probe, 'close')
}
