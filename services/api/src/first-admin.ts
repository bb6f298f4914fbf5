import type { Db } from '@partyline/db/client'
import { nobody, recordAudit } from '@partyline/db/queries/audit'
import { createSetupToken } from '@partyline/db/queries/setup-links'
import { adminExists, createUser } from '@partyline/db/queries/users'
import { hashPassword } from './password.ts'

/** Makes the configured admin on an installation without one. Later it changes nothing. */
export async function ensureFirstAdmin(
  db: Db,
  admin: { email: string; password: string } | undefined,
): Promise<void> {
  if (!admin || (await adminExists(db))) return
  const passwordHash = await hashPassword(admin.password)
  await db.transaction(async (tx) => {
    const { email } = admin
    const user = await createUser(tx, { email, name: 'Admin', role: 'admin', passwordHash })
    if (!user) return
    const details = { role: 'admin', by: 'environment' }
    await recordAudit(tx, nobody, { action: 'user.created', subject: user.id, details })
  })
}

/** Where to make the first admin: works once, for half an hour. Undefined when there is an admin already. */
export async function createSetupLink(db: Db, publicUrl: string): Promise<string | undefined> {
  if (await adminExists(db)) return undefined
  return `${publicUrl}/setup?token=${await createSetupToken(db)}`
}
