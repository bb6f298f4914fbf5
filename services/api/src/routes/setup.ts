import { setupEndpoints } from '@partyline/contracts/api/session'
import { setUp } from '@partyline/db/queries/setup-links'
import { anyUserExists, toUser } from '@partyline/db/queries/users'
import { at } from '@partyline/kit/http'
import type { Routes } from '../deps.ts'
import { hashPassword, refuseCommon } from '../password.ts'
import { signIn } from './session.ts'

export const setupRoutes: Routes = (http, deps) => {
  const { db } = deps

  http.route({
    ...at(setupEndpoints.get),
    async handler() {
      return { needed: !(await anyUserExists(db)) }
    },
  })

  http.route({
    ...at(setupEndpoints.create),
    async handler({ body, headers }, reply) {
      const { token, email, name, password } = body
      refuseCommon(password)
      const admin = { email, name, passwordHash: await hashPassword(password) }
      const user = await setUp(db, token, admin)
      void reply.code(201).header('set-cookie', await signIn(deps, user.id, headers))
      return { user: toUser(user) }
    },
  })
}
