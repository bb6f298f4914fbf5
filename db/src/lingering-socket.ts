import { Socket } from 'node:net'

interface Address {
  host: string[]
  port: number[]
  path?: string | undefined
}

type WriteCallback = (error?: Error | null) => void

/**
 * A connection whose end postgres.js hears of in two steps. It writes a ROLLBACK, or the rest of a query, a
 * turn after the connection is gone, and that ended the process or left the connection of no use
 * (github.com/porsager/postgres/issues/1208). So first everything under way is told that it failed, until
 * nothing more is written, and only then that the connection is closed.
 */
class LingeringSocket extends Socket {
  #written = false

  override write(
    data: Uint8Array | string,
    encoding?: BufferEncoding | WriteCallback,
    written?: WriteCallback,
  ): boolean {
    this.#written = true
    return super.write(data, encoding as BufferEncoding, written)
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event !== 'close') return super.emit(event, ...args)
    // Without an answer ever it was no connection yet: postgres.js tries the next.
    if (this.bytesRead === 0) return super.emit('close', ...args)
    this.#linger()
    return true
  }

  #linger(): void {
    this.#written = false
    super.emit('error', new ConnectionCut())
    // What is written because of that is written in the next turn; the one after it sees all of it.
    setImmediate(() => setImmediate(() => (this.#written ? this.#linger() : this.#close())))
  }

  #close(): void {
    super.emit('close', false)
  }
}

class ConnectionCut extends Error {
  readonly code = 'CONNECTION_CLOSED'

  constructor() {
    super('the connection to Postgres was cut')
  }
}

/** For the option `socket` of postgres.js. */
export function openLingeringSocket({ host, port, path }: Address): LingeringSocket {
  const socket = new LingeringSocket()
  if (path) return socket.connect(path)
  const [firstHost = 'localhost', firstPort = 5432] = [host[0], port[0]]
  // Both are read for TLS.
  Object.assign(socket, { host: firstHost, port: firstPort })
  return socket.connect(firstPort, firstHost)
}
