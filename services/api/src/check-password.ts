import { AppError } from '@partyline/contracts/errors'
import { type Act, recordAudit } from '@partyline/db/queries/audit'
import { findUserByEmail, type UserRow } from '@partyline/db/queries/users'
import type { RouteDeps } from './deps.ts'
import { passwordMatches } from './password.ts'

/** Who it is. Guessing gets slow wherever a password is asked for, and every failure is told alike. */
export async function checkPassword(
  { db, throttle }: Pick<RouteDeps, 'db' | 'throttle'>,
  given: { email: string; password: string; ip: string },
  refused: Act,
): Promise<UserRow> {
  throttle.attempt(given)
  const user = await findUserByEmail(db, given.email)
  const matches = await passwordMatches(given.password, user?.passwordHash)
  if (!user || !matches || user.disabledAt !== null) {
    // Not what was typed: people type their password into the wrong field.
    await recordAudit(db, { userId: user?.id ?? null, ip: given.ip }, refused)
    throw new AppError('wrong_credentials', 'The e-mail address or the password is wrong.')
  }
  throttle.succeeded(given)
  return user
}
