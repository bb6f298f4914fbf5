import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Service } from '@partyline/kit/service'
import { listen } from './port.ts'

/** A service as somebody to hand requests to. */
export interface Door {
  request: RequestListener
  upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
}

export interface GatewayDeps {
  port: number
  /** Who answers a path and everything below it. */
  doors: Record<string, Door>
  /** Everything else. */
  web: RequestListener
  https: boolean
}

/** Each service has these on a port of its own, for probes; the public must not see them. */
const closed = ['/healthz', '/readyz', '/metrics']

/** The one public port. Services are called in this process, without another hop. */
export function createGateway({ port, doors, web, https }: GatewayDeps): Service {
  const doorFor = (request: IncomingMessage) => {
    const path = pathOf(request)
    return Object.entries(doors).find(([at]) => path === at || path.startsWith(`${at}/`))?.[1]
  }
  const headers = securityHeaders(https)

  const server = createServer({ requestTimeout: 60_000 }, (request, response) => {
    for (const [name, value] of headers) response.setHeader(name, value)
    const door = doorFor(request)
    if (door) door.request(request, response)
    else if (closed.includes(pathOf(request))) response.writeHead(404).end()
    else web(request, response)
  })
  // The server forgets a socket that is upgraded, yet does not close before it has ended.
  const upgraded = new Set<Duplex>()
  server.on('upgrade', (request, socket, head) => {
    const upgrade = doorFor(request)?.upgrade
    if (!upgrade) return void socket.destroy()
    upgraded.add(socket)
    socket.once('close', () => upgraded.delete(socket))
    upgrade(request, socket, head)
  })

  return {
    start: () => listen(server, port),
    async stop() {
      const { promise, resolve } = Promise.withResolvers<undefined>()
      server.close(() => resolve(undefined))
      server.closeIdleConnections()
      for (const socket of upgraded) socket.destroy()
      const deadline = setTimeout(() => server.closeAllConnections(), 2_000)
      await promise.finally(() => clearTimeout(deadline))
    },
  }
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/'
}

/** A service's own server as a door: it need not listen itself. */
export function doorOf(server: Server): Door {
  return {
    request: (request, response) => server.emit('request', request, response),
    upgrade: (request, socket, head) => server.emit('upgrade', request, socket, head),
  }
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
