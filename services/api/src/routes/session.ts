import { sessionEndpoints } from '@partyline/contracts/api/session'
import { AppError } from '@partyline/contracts/errors'
import {
  createSession,
  endSession,
  listSessions,
  revokeSession,
  sessionDays,
} from '@partyline/db/queries/sessions'
import { findUserByEmail, toUser } from '@partyline/db/queries/users'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import type { RouteDeps, Routes } from '../deps.ts'
import { passwordMatches } from '../password.ts'
import { notFound } from '../present.ts'

const maxAgeSeconds = sessionDays * 86_400

export const sessionRoutes: Routes = (http, deps) => {
  const { db, cookie, config, throttle } = deps

  http.route({
    ...at(sessionEndpoints.create),
    async handler(request, reply) {
      const { email, password } = request.body
      const who = { email, ip: request.ip }
      throttle.attempt(who)
      const user = await findUserByEmail(db, email)
      const matches = await passwordMatches(password, user?.passwordHash)
      if (!user || !matches || user.disabledAt !== null) {
        throw new AppError('wrong_credentials', 'The e-mail address or the password is wrong.')
      }
      throttle.succeeded(who)
      void reply.header('set-cookie', await signIn(deps, user.id, request.headers))
      return { user: toUser(user) }
    },
  })

  http.route({
    ...at(sessionEndpoints.get),
    async handler(request) {
      return { user: callerOf(request).user }
    },
  })

  http.route({
    ...at(sessionEndpoints.remove),
    async handler({ headers }, reply) {
      const token = cookie.read(headers.cookie)
      if (token !== undefined) await endSession(db, token)
      void reply.header('set-cookie', cookie.write('', 0))
      return {}
    },
  })

  http.route({
    ...at(sessionEndpoints.list),
    async handler(request) {
      const { user, sessionId } = callerOf(request)
      const { cursor, limit = config.limit } = request.query
      const { rows, nextCursor } = await listSessions(db, { userId: user.id, cursor, limit })
      const items = rows.map(({ id, userAgent, createdAt, lastSeenAt }) => ({
        id,
        current: id === sessionId,
        userAgent,
        createdAt: createdAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
      }))
      return { items, nextCursor }
    },
  })

  http.route({
    ...at(sessionEndpoints.revoke),
    async handler(request) {
      const { id } = request.params
      const revoked = await revokeSession(db, { id, userId: callerOf(request).user.id })
      if (!revoked) throw notFound('session')
      return {}
    },
  })
}

/** The `Set-Cookie` of a new session. A session that the browser brought along ends. */
export async function signIn(
  { db, cookie }: RouteDeps,
  userId: string,
  headers: { cookie?: string | undefined; 'user-agent'?: string | undefined },
): Promise<string> {
  const old = cookie.read(headers.cookie)
  if (old !== undefined) await endSession(db, old)
  const { token } = await createSession(db, { userId, userAgent: headers['user-agent'] ?? '' })
  return cookie.write(token, maxAgeSeconds)
}
