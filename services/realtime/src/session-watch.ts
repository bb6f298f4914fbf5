import type { Db } from '@partyline/db/client'
import { findLiveSessions } from '@partyline/db/queries/sessions'
import type { Logger } from '@partyline/kit/log'
import { reasonOf } from '@partyline/kit/reason'
import type { Service } from '@partyline/kit/service'
import type { Sockets } from './sockets.ts'

interface Deps {
  db: Db
  log: Logger
  sockets: Sockets
}

const everyMs = 3_000
/** Sessions that could not be checked for so long no longer count as valid. */
const trustMs = 30_000

/** Closes the sockets of sessions that have ended, a few seconds after they did: one statement for all of them. */
export function createSessionWatch({ db, log, sockets }: Deps): Service {
  let timer: NodeJS.Timeout | undefined
  let checking: Promise<void> | undefined
  let checkedAt = performance.now()
  const connected = () => [...sockets.of('/').sockets.values()]

  async function check(): Promise<void> {
    const asked = connected()
    const ids = new Set(asked.map((socket) => socket.data.session.sessionId))
    const live = await findLiveSessions(db, [...ids])
    checkedAt = performance.now()
    for (const socket of asked) {
      if (live.has(socket.data.session.sessionId)) continue
      log.info({ userId: socket.data.session.user.id }, 'socket closed: session ended')
      // Said in Socket.IO's own words, so the browser does not try to come back.
      socket.disconnect(true)
    }
  }

  function notChecked(error: unknown): void {
    log.warn({ reason: reasonOf(error) }, 'sessions not checked')
    if (performance.now() - checkedAt < trustMs) return
    // Cut below Socket.IO, so browsers come back and are checked at the door.
    for (const socket of connected()) socket.conn.close()
  }

  return {
    async start() {
      timer = setInterval(() => {
        checking ??= check()
          .catch(notChecked)
          .finally(() => (checking = undefined))
      }, everyMs)
    },
    async stop() {
      clearInterval(timer)
      await checking
    },
  }
}
