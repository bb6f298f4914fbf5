import { sessionEndpoints } from '@partyline/contracts/api/session'
import { AppError } from '@partyline/contracts/errors'
import { recordAudit } from '@partyline/db/queries/audit'
import { noteProof } from '@partyline/db/queries/sessions'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import { actorOf } from '../actor.ts'
import { checkPassword } from '../check-password.ts'
import type { Routes } from '../deps.ts'

export const sessionProofRoutes: Routes = (http, deps) => {
  http.route({
    ...at(sessionEndpoints.prove),
    async handler(request) {
      const { user, sessionId } = callerOf(request)
      if (sessionId === undefined) {
        throw new AppError('not_allowed', 'An API token is never asked for a password. Go on.')
      }
      const given = { email: user.email, password: request.body.password, ip: request.ip }
      const refused = { action: 'session.proof_refused', subject: sessionId } as const
      await checkPassword(deps, given, refused)
      await deps.db.transaction(async (tx) => {
        await noteProof(tx, sessionId)
        const act = { action: 'session.proved', subject: sessionId } as const
        await recordAudit(tx, actorOf(request), act)
      })
      return {}
    },
  })

  // Its policy is the answer.
  http.route({ ...at(sessionEndpoints.proof), handler: () => ({}) })
}
