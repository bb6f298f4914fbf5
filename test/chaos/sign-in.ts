import { randomUUID } from 'node:crypto'
import type { Db } from '@partyline/db/client'
import { createSession } from '@partyline/db/queries/sessions'
import { createUser } from '@partyline/db/queries/users'
import { createSessionCookie } from '@partyline/kit/session-cookie'
import { publicUrl } from '../support/webhook.ts'

export interface SignedIn {
  userId: string
  /** What a browser of theirs sends with every request. */
  headers: { cookie: string; origin: string }
}

export async function signIn(db: Db, name: string): Promise<SignedIn> {
  const email = `${randomUUID()}@example.com`
  const user = await createUser(db, { email, name, role: 'agent', passwordHash: 'none' })
  if (!user) throw new Error('there is such a user already')
  const { token } = await createSession(db, { userId: user.id, userAgent: 'chaos' })
  const cookie = `${createSessionCookie(publicUrl).name}=${token}`
  return { userId: user.id, headers: { cookie, origin: publicUrl } }
}
