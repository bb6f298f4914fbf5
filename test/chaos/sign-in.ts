import { randomUUID } from 'node:crypto'
import type { User } from '@partyline/contracts/api/session'
import type { Db } from '@partyline/db/client'
import { createSession } from '@partyline/db/queries/sessions'
import { createUser, toUser } from '@partyline/db/queries/users'
import { createSessionCookie } from '@partyline/kit/session-cookie'
import { publicUrl } from '../support/webhook.ts'

export interface SignedIn {
  user: User
  /** What a browser of theirs sends with every request. */
  headers: { cookie: string; origin: string }
}

export async function signIn(db: Db, name: string, origin = publicUrl): Promise<SignedIn> {
  const email = `${randomUUID()}@example.com`
  const row = await createUser(db, { email, name, role: 'agent', passwordHash: 'none' })
  if (!row) throw new Error('there is such a user already')
  const user = toUser(row)
  const { token } = await createSession(db, { userId: user.id, userAgent: 'chaos' })
  const cookie = `${createSessionCookie(origin).name}=${token}`
  return { user, headers: { cookie, origin } }
}
