import type { IncomingMessage } from 'node:http'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '@partyline/db/client'
import { findSession, type Session } from '@partyline/db/queries/sessions'
import type { Logger } from '@partyline/kit/log'
import { reasonOf } from '@partyline/kit/reason'
import { createSessionCookie } from '@partyline/kit/session-cookie'
import type { RealtimeMetrics } from './realtime-metrics.ts'

export interface Handshake {
  /** Socket.IO's `allowRequest`. */
  admit: (request: IncomingMessage, allow: (error: null, success: true) => void) => void
  /** The session by which this request was admitted. */
  sessionOf(request: IncomingMessage): Session | undefined
}

interface Deps {
  db: Db
  log: Logger
  metrics: Pick<RealtimeMetrics, 'refused'>
  publicUrl: string
}

/**
 * Lets in who holds a session and comes from our own page. Browsers do not apply CORS to a WebSocket and
 * send the cookie along from anywhere, so the origin is what keeps other sites out.
 */
export function createHandshake({ db, log, metrics, publicUrl }: Deps): Handshake {
  const { origin } = new URL(publicUrl)
  const cookie = createSessionCookie(publicUrl)
  const admitted = new WeakMap<IncomingMessage, Session>()

  async function check({ headers }: IncomingMessage): Promise<Session> {
    if (headers.origin !== origin) {
      throw new AppError('wrong_origin', `Open the dashboard at ${origin}.`)
    }
    const token = cookie.read(headers.cookie)
    const session = token === undefined ? undefined : await findSession(db, token)
    if (!session) throw new AppError('not_signed_in', 'Sign in first.')
    return session
  }

  return {
    admit(request, allow) {
      check(request).then(
        (session) => {
          admitted.set(request, session)
          allow(null, true)
        },
        (error: unknown) => {
          const refusal =
            error instanceof AppError
              ? error
              : new AppError('unavailable', 'Try again in a moment.')
          const { code } = refusal
          metrics.refused(code)
          log.warn(
            { code, origin: request.headers.origin, reason: reasonOf(error) },
            'socket refused',
          )
          refuse(request, refusal)
        },
      )
    },
    sessionOf: (request) => admitted.get(request),
  }
}

/** Socket.IO would answer every refusal with 400; probes and proxies should see the real status. */
function refuse({ socket }: IncomingMessage, refusal: AppError): void {
  const { message, status } = refusal
  socket.end(
    [
      `HTTP/1.1 ${status} Refused`,
      'Connection: close',
      'Content-Type: text/plain; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(message)}`,
      '',
      message,
    ].join('\r\n'),
  )
}
