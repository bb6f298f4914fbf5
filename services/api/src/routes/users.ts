import { type User, userEndpoints } from '@partyline/contracts/api/session'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '@partyline/db/client'
import { type Actor, recordAudit } from '@partyline/db/queries/audit'
import { endSessionsOf } from '@partyline/db/queries/sessions'
import {
  changeUser,
  createUser,
  isOtherAdminLeft,
  listUsers,
  lockUser,
  type NewUser,
  toUser,
  type UserRow,
} from '@partyline/db/queries/users'
import { at } from '@partyline/kit/http'
import { callerOf } from '../access.ts'
import { actorOf } from '../actor.ts'
import type { Routes } from '../deps.ts'
import { hashPassword, refuseCommon } from '../password.ts'
import { notFound } from '../present.ts'
import { userActs } from '../user-acts.ts'

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
    async handler(request, reply) {
      const { password, ...rest } = request.body
      refuseCommon(password)
      const given = { ...rest, passwordHash: await hashPassword(password) }
      const row = await db.transaction((tx) => addUser(tx, given, actorOf(request)))
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
        const ends = change.disabled === true || change.role === 'agent'
        if (ends && !(await isOtherAdminLeft(tx, id))) {
          throw new AppError(
            'not_allowed',
            'This is the last administrator. Make another one first.',
          )
        }
        const before = await lockUser(tx, id)
        if (!before) return undefined
        const whole = { ...change, ...(passwordHash && { passwordHash }) }
        await recordAudit(tx, actorOf(request), ...userActs(before, whole))
        return changeUser(tx, id, whole)
      })
      if (!row) throw notFound('user')
      return toUser(row)
    },
  })
}

async function addUser(tx: Db, given: NewUser, by: Actor): Promise<UserRow> {
  const made = await createUser(tx, given)
  if (!made) throw new AppError('already_exists', 'There is a user with this e-mail address.')
  const { id: subject, role } = made
  await recordAudit(tx, by, { action: 'user.created', subject, details: { role } })
  return made
}

/** Agents know each other by name only. */
function asSeenBy(caller: User, user: User): User {
  return caller.role === 'admin' || caller.id === user.id ? user : { ...user, email: '' }
}
