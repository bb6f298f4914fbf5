import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '../client.ts'
import { setupLinks } from '../schema/users.ts'
import { hashSecret, newSecret } from './secret.ts'
import { adminExists, createUser, type NewUser, type UserRow } from './users.ts'

/** A secret that lets its holder make the first admin, for half an hour and once. */
export async function createSetupToken(db: Db): Promise<string> {
  const { secret, hash } = newSecret()
  await db
    .insert(setupLinks)
    .values({ tokenHash: hash, expiresAt: sql`now() + interval '30 minutes'` })
  return secret
}

/** Uses the link up and makes the admin, together or not at all. */
export async function setUp(db: Db, token: string, admin: Omit<NewUser, 'role'>): Promise<UserRow> {
  return db.transaction(async (tx) => {
    // Of two links used at the same moment, one makes the first admin.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('partyline.setup'))`)
    if (await adminExists(tx)) {
      throw new AppError('setup_done', 'Partyline is already set up. Sign in instead.')
    }
    const used = await tx
      .update(setupLinks)
      .set({ usedAt: sql`now()` })
      .where(
        and(
          eq(setupLinks.tokenHash, hashSecret(token)),
          isNull(setupLinks.usedAt),
          gt(setupLinks.expiresAt, sql`now()`),
        ),
      )
      .returning({ tokenHash: setupLinks.tokenHash })
    if (used.length === 0) {
      throw new AppError(
        'not_allowed',
        'This set-up link is not valid, or older than 30 minutes. For a new one restart Partyline, or run: partyline setup-link.',
      )
    }
    const user = await createUser(tx, { ...admin, role: 'admin' })
    if (!user) throw new AppError('setup_done', 'Partyline is already set up. Sign in instead.')
    return user
  })
}
