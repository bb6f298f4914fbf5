import { proofMinutes, type User } from '@partyline/contracts/api/session'
import { AppError } from '@partyline/contracts/errors'
import type { Endpoint } from '@partyline/contracts/http'
import { findApiTokenUser } from '@partyline/db/queries/api-tokens'
import { findSession, noteSeen } from '@partyline/db/queries/sessions'
import type { Http } from '@partyline/kit/http'
import type { FastifyRequest } from 'fastify'
import type { RouteDeps } from './deps.ts'
import { refuseForeignOrigin } from './origin.ts'

export interface Caller {
  user: User
  /** Undefined for an API token. */
  sessionId: string | undefined
}

/** What a route says of who may call it. */
type Policy = Pick<Endpoint, 'access' | 'needsProof'>

/** Guards every route of this scope by the policy of its endpoint. A route that names no access does not start. */
export function guardRoutes(http: Http, deps: RouteDeps): void {
  http.decorateRequest('caller', null)
  http.addHook('onRoute', ({ method, url, config }) => {
    const { access } = policyOf(config)
    if (access === undefined) throw new Error(`${String(method)} ${url} names no access`)
  })
  http.addHook('onRequest', async (request) => {
    refuseForeignOrigin(request.method, request.headers, deps.config.publicUrl)
    const { access, needsProof } = policyOf(request.routeOptions.config)
    if (access === 'public') return
    const caller = await identify(deps, request.headers)
    if (!caller) throw new AppError('not_signed_in', 'Sign in first.')
    if (access !== 'user' && caller.user.role !== 'admin') {
      throw new AppError('not_allowed', 'Only an administrator may do this.')
    }
    if (needsProof && !caller.proved) {
      throw new AppError(
        'reauth',
        `You gave your password more than ${proofMinutes} minutes ago. Give it again (POST /api/session/proof), then repeat this.`,
      )
    }
    request.setDecorator('caller', caller)
  })
}

function policyOf(config: unknown): Partial<Policy> {
  return (config as Partial<Policy> | undefined) ?? {}
}

/**
 * A bad token is not made good by a cookie beside it. A good one counts as proved: whoever made it had just
 * given their password, it is no browser left open, and there is nobody to ask.
 */
async function identify(
  { db, cookie }: RouteDeps,
  headers: { authorization?: string | undefined; cookie?: string | undefined },
): Promise<(Caller & { proved: boolean }) | undefined> {
  if (headers.authorization !== undefined) {
    const [, token] = /^Bearer +(\S+)$/i.exec(headers.authorization) ?? []
    const user = token && (await findApiTokenUser(db, token))
    return user ? { user, sessionId: undefined, proved: true } : undefined
  }
  const token = cookie.read(headers.cookie)
  const session = token === undefined ? undefined : await findSession(db, token)
  if (session?.stale) await noteSeen(db, session.sessionId)
  return session
}

/** Who asks. On a public route nobody is known. */
export function callerOf(request: Pick<FastifyRequest, 'getDecorator'>): Caller {
  const caller = request.getDecorator<Caller | null>('caller')
  if (!caller) throw new AppError('not_signed_in', 'Sign in first.')
  return caller
}

export function requireAdmin({ user }: Caller, message: string): void {
  if (user.role !== 'admin') throw new AppError('not_allowed', message)
}
