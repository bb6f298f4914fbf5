import { type User, userEndpoints } from '@partyline/contracts/api/session'
import { AppError } from '@partyline/contracts/errors'
import { endSessionsOf } from '@partyline/db/queries/sessions'
import { changeUser, createUser, listUsers, toUser } from '@partyline/db/queries/users'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import type { Routes } from '../deps.ts'
import { hashPassword, refuseCommon } from '../password.ts'
import { notFound } from '../present.ts'

export const userRoutes: Routes = (http, { db, config }) => {
  http.route({
    ...at(userEndpoints.list),
    async handler(request) {
      const caller = callerOf(request).user
      const { cursor, limit = config.limit } = request.query
      const { rows, nextCursor } = await listUsers(db, { cursor, limit })
      const items = rows.map(({ row }) => asSeenBy(caller, toUser(row)))
      return { items, nextCursor }
    },
  })

  http.route({
    ...at(userEndpoints.create),
    async handler({ body: { password, ...given } }, reply) {
      refuseCommon(password)
      const row = await createUser(db, { ...given, passwordHash: await hashPassword(password) })
      if (!row) throw new AppError('already_exists', 'There is a user with this e-mail address.')
      return reply.code(201).send(toUser(row))
    },
  })

  http.route({
    ...at(userEndpoints.change),
    async handler(request) {
      const { id } = request.params
      const { password, ...change } = request.body
      const caller = callerOf(request)
      const self = caller.user.id === id
      if (self && (change.disabled === true || change.role === 'agent')) {
        throw new AppError(
          'not_allowed',
          'You cannot disable yourself or give up being an administrator. Ask another one.',
        )
      }
      if (password !== undefined) refuseCommon(password)
      const passwordHash = password === undefined ? undefined : await hashPassword(password)
      const row = await db.transaction(async (tx) => {
        // Whoever they are from now on signs in anew.
        if (passwordHash !== undefined || change.disabled || (change.role !== undefined && !self)) {
          await endSessionsOf(tx, id, self ? caller.sessionId : undefined)
        }
        return changeUser(tx, id, { ...change, ...(passwordHash && { passwordHash }) })
      })
      if (!row) throw notFound('user')
      return toUser(row)
    },
  })
}

/** Agents know each other by name only. */
function asSeenBy(caller: User, user: User): User {
  return caller.role === 'admin' || caller.id === user.id ? user : { ...user, email: '' }
}
