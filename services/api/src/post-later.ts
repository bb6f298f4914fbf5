import { findConversation } from '@partyline/db/queries/conversations'
import {
  findSaid,
  holdForUndo,
  listScheduledMedia,
  scheduleMessage,
} from '@partyline/db/queries/scheduled'
import type { Sending } from '@partyline/db/queries/send-message'
import { viewScheduled } from '@partyline/db/views/scheduled'
import type { RouteDeps } from './deps.ts'
import { notFound } from './present.ts'
import { readSendAt } from './routes/scheduled.ts'

interface When {
  sendAt?: string | undefined
  undoSeconds?: number | undefined
  cancelOnReply?: boolean | undefined
}

/** Keeps a text for its time. Undefined when it is to be sent at once; the message's id when it was sent already. */
export async function postLater(
  { db, config, rings }: RouteDeps,
  sending: Sending,
  { sendAt, undoSeconds, cancelOnReply }: When,
): Promise<ReturnType<typeof viewScheduled> | { messageId: string } | undefined> {
  if (sendAt === undefined && undoSeconds === undefined) return undefined
  if (!(await findConversation(db, sending.conversationId, sending.user.id))) {
    throw notFound('conversation')
  }
  // First: asked for again it is what it was, also when its time is over.
  const said = await findSaid(db, sending)
  const row =
    said ??
    (sendAt === undefined
      ? await holdForUndo(db, sending, { limits: config.limits, seconds: undoSeconds ?? 0 })
      : await scheduleMessage(db, sending, readSendAt(sendAt), { cancelOnReply }))
  if (typeof row === 'string') return { messageId: row }
  rings.scheduled(row)
  return viewScheduled(row, sending.user.name, await listScheduledMedia(db, [row]))
}
