import type { User } from '@partyline/contracts/api/session'
import type { Db } from '@partyline/db/client'
import { type Actor, recordAudit } from '@partyline/db/queries/audit'
import { changeGroup } from '@partyline/db/queries/groups'
import { postEvents } from '@partyline/db/queries/post-events'

/** Changes a group; who pauses it is said in its thread. False when there is no such group. */
export async function changeGroupBy(
  tx: Db,
  id: string,
  change: Parameters<typeof changeGroup>[2],
  user: User,
  by: Actor,
): Promise<boolean> {
  const changed = await changeGroup(tx, id, change)
  if (!changed) return false
  if (changed.changed.length > 0) {
    const details = { changed: changed.changed }
    await recordAudit(tx, by, { action: 'group.changed', subject: id, details })
  }
  const { pause } = changed
  if (pause === undefined) return true
  await recordAudit(tx, by, { action: `group.${pause}`, subject: id })
  await postEvents(tx, user, [{ conversationId: id, body: `${user.name} ${pause} the group` }])
  return true
}
