import { connect, isIP, Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Tls } from './address.ts'
import { ConnectionCut, lingering } from './lingering-socket.ts'

interface Place {
  host: string[]
  port: number[]
  path?: string | undefined
}

const patienceMs = 5_000
/** The protocol's number for "let us speak TLS", with the length before it. */
const tlsRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])

/** For the option `socket` of postgres.js, which knows nothing of TLS then: it could not linger. */
export function socketOpener(tls: Tls | undefined) {
  return ({ host: [host = 'localhost'], port: [port = 5432], path }: Place) => {
    if (path) return lingering(connect(path))
    const socket = connect(port, host)
    return tls ? openSecure(socket, host, tls) : lingering(socket)
  }
}

/** Never rejects: what went wrong comes from the socket, as it does where there is no TLS. */
async function openSecure(socket: Socket, host: string, tls: Tls): Promise<Socket> {
  const timer = setTimeout(() => socket.destroy(new Error('no answer from Postgres')), patienceMs)
  try {
    await untilEvent(socket, 'connect')
    socket.write(tlsRequest)
    const [answer] = (await untilEvent(socket, 'data')) as [Buffer]
    if (answer.toString() === 'S') {
      const servername = isIP(host) === 0 ? { servername: host } : {}
      const secure = connectTls({ socket, host, ...servername, ...tls.options })
      await untilEvent(secure, 'secureConnect')
      return lingering(secure)
    }
    if (tls.required) throw new Error('Postgres does not speak TLS, and sslmode asks for it')
    return lingering(socket)
  } catch (error) {
    socket.destroy()
    const failed = new Socket()
    setImmediate(() => failed.destroy(error as Error))
    return failed
  } finally {
    clearTimeout(timer)
  }
}

function untilEvent(socket: Socket, event: string): Promise<unknown[]> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown[]>()
  const happened = (...args: unknown[]) => resolve(args)
  const closed = () => reject(new ConnectionCut())
  socket.once(event, happened).once('error', reject).once('close', closed)
  return promise.finally(() => {
    socket.off(event, happened).off('error', reject).off('close', closed)
  })
}
