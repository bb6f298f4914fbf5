import { sessionEndpoints } from '@partyline/contracts/api/session'
import { AppError } from '@partyline/contracts/errors'
import { recordAudit } from '@partyline/db/queries/audit'
import { endSessionsOf, noteProof } from '@partyline/db/queries/sessions'
import { changeUser, findUserByEmail, lockUser, toUser } from '@partyline/db/queries/users'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import { actorOf } from '../actor.ts'
import type { RouteDeps, Routes } from '../deps.ts'
import { hashPassword, passwordMatches, refuseCommon } from '../password.ts'
import { notFound } from '../present.ts'
import { userActs } from '../user-acts.ts'

export const ownAccountRoutes: Routes = (http, deps) => {
  const { db } = deps

  http.route({
    ...at(sessionEndpoints.change),
    async handler(request) {
      const { user, sessionId } = callerOf(request)
      const { name, password } = request.body
      if (password) await confirm(deps, { email: user.email, ip: request.ip }, password)
      const passwordHash = password && (await hashPassword(password.next))
      const row = await db.transaction(async (tx) => {
        const before = await lockUser(tx, user.id)
        if (!before) throw notFound('user')
        const change = { name, ...(passwordHash && { passwordHash }) }
        if (passwordHash) await endSessionsOf(tx, user.id, sessionId)
        if (passwordHash && sessionId) await noteProof(tx, sessionId)
        await recordAudit(tx, actorOf(request), ...userActs(before, change))
        return changeUser(tx, user.id, change)
      })
      if (!row) throw notFound('user')
      return { user: toUser(row) }
    },
  })
}

/** Whoever finds a signed-in browser must not make it their own; guessing is as slow as at the door. */
async function confirm(
  { db, throttle }: RouteDeps,
  who: { email: string; ip: string },
  password: { present: string; next: string },
): Promise<void> {
  refuseCommon(password.next)
  throttle.attempt(who)
  const row = await findUserByEmail(db, who.email)
  if (!(await passwordMatches(password.present, row?.passwordHash))) {
    throw new AppError('wrong_credentials', 'Your present password is another one.')
  }
  throttle.succeeded(who)
}
