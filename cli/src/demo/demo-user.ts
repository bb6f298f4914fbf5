import type { Db } from '@partyline/db/client'
import { createApiToken } from '@partyline/db/queries/api-tokens'
import { nobody, recordAudit } from '@partyline/db/queries/audit'
import { anyConversationExists } from '@partyline/db/queries/conversations'
import { changeUser, createUser, findUserByEmail, noPassword } from '@partyline/db/queries/users'

/** A name that is no domain's. */
const email = 'demo@partyline.invalid'

/**
 * Somebody for the demo to be played by, while there is nobody yet: has no password, so never signs in, and
 * remains as the mark that it was played. Undefined when it was, or began to be, or there is more to see.
 */
export async function openDemoUser(db: Db): Promise<{ token: string } | undefined> {
  return db.transaction(async (tx) => {
    if (await anyConversationExists(tx)) return undefined
    const user = await createUser(tx, {
      email,
      name: 'Demo',
      role: 'admin',
      passwordHash: noPassword,
    })
    if (!user) return undefined
    const details = { role: user.role, by: 'demo' }
    await recordAudit(tx, nobody, { action: 'user.created', subject: user.id, details })
    const { token } = await createApiToken(tx, { userId: user.id, name: 'Demo' })
    return { token }
  })
}

/** From then on the token opens nothing. Also for a demo that was cut off. */
export async function closeDemoUser(db: Db): Promise<void> {
  const user = await findUserByEmail(db, email)
  if (!user || user.disabledAt !== null) return
  await db.transaction(async (tx) => {
    await changeUser(tx, user.id, { disabled: true })
    await recordAudit(tx, nobody, { action: 'user.disabled', subject: user.id })
  })
}
