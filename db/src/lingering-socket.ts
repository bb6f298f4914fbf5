import type { Socket } from 'node:net'

/** What Postgres says when it writes nothing: the rest of an error's fields, and no text can hold a zero byte. */
const readOnly = 'VERROR\0C25006\0M'

/**
 * A connection whose end postgres.js hears of in two steps. It writes a ROLLBACK, or the rest of a query, a
 * turn after the connection is gone, and that ended the process or left the connection of no use
 * (github.com/porsager/postgres/issues/1208). So first everything under way is told that it failed, until
 * nothing more is written, and only then that the connection is closed.
 *
 * It also ends by itself when its server turns out to be read-only: one that had its place taken, which
 * another connection will not reach.
 */
export function lingering(socket: Socket): Socket {
  const emit = socket.emit.bind(socket) as (event: string | symbol, ...args: unknown[]) => boolean
  const write = socket.write.bind(socket)
  let written = false
  let answered = false

  function linger(): void {
    written = false
    emit('error', new ConnectionCut())
    // What is written because of that is written in the next turn; the one after it sees all of it.
    setImmediate(() => setImmediate(() => (written ? linger() : void emit('close', false))))
  }

  socket.write = ((...args: Parameters<typeof write>) => {
    written = true
    return write(...args)
  }) as typeof write
  socket.emit = (event: string | symbol, ...args: unknown[]) => {
    if (event === 'data') {
      answered = true
      // Once whoever asked has been told.
      if ((args[0] as Buffer).includes(readOnly)) setImmediate(() => socket.destroy())
    }
    // Without an answer ever it was no connection yet: postgres.js tries the next.
    if (event !== 'close' || !answered) return emit(event, ...args)
    linger()
    return true
  }
  return socket
}

export class ConnectionCut extends Error {
  readonly code = 'CONNECTION_CLOSED'

  constructor() {
    super('the connection to Postgres was cut')
  }
}
