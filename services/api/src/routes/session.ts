import { sessionEndpoints } from '@partyline/contracts/api/session'
import { createSession, endSession, sessionDays } from '@partyline/db/queries/sessions'
import { recordAudit } from '@partyline/db/queries/audit'
import { toUser } from '@partyline/db/queries/users'
import { at } from '@partyline/kit/http'
import type { FastifyRequest } from 'fastify'
import { callerOf } from '../access.ts'
import { checkPassword } from '../check-password.ts'
import type { RouteDeps, Routes } from '../deps.ts'

const maxAgeSeconds = sessionDays * 86_400

export const sessionRoutes: Routes = (http, deps) => {
  const { db, cookie } = deps

  http.route({
    ...at(sessionEndpoints.create),
    async handler(request, reply) {
      const given = { ...request.body, ip: request.ip }
      const user = await checkPassword(deps, given, { action: 'session.refused' })
      const setCookie = await db.transaction((tx) => signIn({ ...deps, db: tx }, user.id, request))
      void reply.header('set-cookie', setCookie)
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
    async handler({ headers, ip }, reply) {
      const token = cookie.read(headers.cookie)
      if (token !== undefined) {
        await db.transaction(async (tx) => {
          const ended = await endSession(tx, token)
          if (!ended) return
          const { id: subject, userId } = ended
          await recordAudit(tx, { userId, ip }, { action: 'session.ended', subject })
        })
      }
      void reply.header('set-cookie', cookie.write('', 0))
      return {}
    },
  })
}

/** The `Set-Cookie` of a new session. A session that the browser brought along ends. In a transaction. */
export async function signIn(
  { db, cookie }: Pick<RouteDeps, 'db' | 'cookie'>,
  userId: string,
  { headers, ip }: Pick<FastifyRequest, 'headers' | 'ip'>,
): Promise<string> {
  const old = cookie.read(headers.cookie)
  if (old !== undefined) await endSession(db, old)
  const userAgent = headers['user-agent'] ?? ''
  const { token, sessionId } = await createSession(db, { userId, userAgent })
  await recordAudit(db, { userId, ip }, { action: 'session.started', subject: sessionId })
  return cookie.write(token, maxAgeSeconds)
}
