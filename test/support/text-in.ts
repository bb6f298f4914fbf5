import { noLimits, type SendLimits } from '@partyline/contracts/send-limits'
import type { Db } from '@partyline/db/client'
import { beginAttempt, insertInbox } from '@partyline/db/queries/inbox'
import { takeInbound } from '@partyline/dispatcher/inbound/take-inbound'
import { textParams } from './webhook.ts'

interface Given {
  limits?: SendLimits
  at?: Date
}

/** Keeps a text and takes it, as a dispatcher does. Nothing comes of one that was kept before. */
export async function textIn(
  db: Db,
  params: Record<string, string>,
  { limits = noLimits, at = new Date() }: Given = {},
) {
  const webhook = { params: textParams(params), receivedAt: at.toISOString() }
  const [sid] = await insertInbox(db, [webhook], 'webhook')
  if (sid === undefined) return undefined
  for (;;) {
    const taken = await takeInbound(db, sid, limits)
    if (!taken || !('behind' in taken)) return taken
    const { behind } = taken
    if (await beginAttempt(db, behind, { early: true })) await takeInbound(db, behind, limits)
  }
}
