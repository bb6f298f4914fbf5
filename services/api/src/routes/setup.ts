import { setupEndpoints } from '@partyline/contracts/api/session'
import { recordAudit } from '@partyline/db/queries/audit'
import { setUp } from '@partyline/db/queries/setup-links'
import { adminExists, toUser } from '@partyline/db/queries/users'
import { at } from '@partyline/kit/http'
import type { Routes } from '../deps.ts'
import { hashPassword, refuseCommon } from '../password.ts'
import { signIn } from './session.ts'

export const setupRoutes: Routes = (http, deps) => {
  const { db } = deps

  http.route({
    ...at(setupEndpoints.get),
    async handler() {
      return { needed: !(await adminExists(db)) }
    },
  })

  http.route({
    ...at(setupEndpoints.create),
    async handler(request, reply) {
      const { token, email, name, password } = request.body
      refuseCommon(password)
      const admin = { email, name, passwordHash: await hashPassword(password) }
      const { user, setCookie } = await db.transaction(async (tx) => {
        const user = await setUp(tx, token, admin)
        await recordAudit(
          tx,
          { userId: user.id, ip: request.ip },
          {
            action: 'user.created',
            subject: user.id,
            details: { role: 'admin', by: 'set-up link' },
          },
        )
        return { user, setCookie: await signIn({ ...deps, db: tx }, user.id, request) }
      })
      void reply.code(201).header('set-cookie', setCookie)
      return { user: toUser(user) }
    },
  })
}
