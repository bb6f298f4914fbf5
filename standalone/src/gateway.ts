import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { Service } from '@partyline/kit/service'
import { StartError } from './start-error.ts'

export interface GatewayDeps {
  port: number
  /** A path and everything below it → the service's server, which need not listen itself. */
  doors: Record<string, Pick<Server, 'emit'>>
  /** Everything else. */
  web: RequestListener
  https: boolean
}

/** Each service has these on a port of its own, for probes; the public must not see them. */
const closed = ['/healthz', '/readyz', '/metrics']

/** The one public port. Services are called in this process, without another hop. */
export function createGateway({ port, doors, web, https }: GatewayDeps): Service {
  const doorOf = (request: IncomingMessage) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    return Object.entries(doors).find(([at]) => path === at || path.startsWith(`${at}/`))?.[1]
  }
  const headers = securityHeaders(https)

  const server = createServer({ requestTimeout: 60_000 }, (request, response) => {
    for (const [name, value] of headers) response.setHeader(name, value)
    const door = doorOf(request)
    if (door) door.emit('request', request, response)
    else if (closed.includes(request.url ?? '')) response.writeHead(404).end()
    else web(request, response)
  })
  server.on('upgrade', (request, socket, head) => {
    const door = doorOf(request)
    if (!door?.emit('upgrade', request, socket, head)) socket.destroy()
  })

  return {
    start: () => listen(server, port),
    async stop() {
      const { promise, resolve } = Promise.withResolvers<undefined>()
      server.close(() => resolve(undefined))
      server.closeIdleConnections()
      const deadline = setTimeout(() => server.closeAllConnections(), 2_000)
      await promise.finally(() => clearTimeout(deadline))
    },
  }
}

async function listen(server: Server, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  server.once('error', reject)
  server.listen(port, () => resolve(undefined))
  try {
    await promise
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? ''
    const why = reasons[code] ?? `cannot be used (${code})`
    throw new StartError(`Port ${port} ${why}: set PORT to another one.`, { cause })
  }
}

const reasons: Record<string, string> = {
  EADDRINUSE: 'is in use by another program',
  EACCES: 'is not open to this user',
}

function securityHeaders(https: boolean): [string, string][] {
  return [
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'same-origin'],
    ['x-frame-options', 'SAMEORIGIN'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['permissions-policy', 'camera=(), geolocation=(), microphone=()'],
    ...(https ? ([['strict-transport-security', 'max-age=31536000']] as [string, string][]) : []),
  ]
}
