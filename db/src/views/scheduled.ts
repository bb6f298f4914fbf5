import type { Message } from '@partyline/contracts/api/messages'
import type { MediaRow } from '../schema/messages.ts'
import type { ScheduledRow } from '../schema/scheduled.ts'
import { toMedia } from './message.ts'

/** A message that is not one yet: nobody has it, and it has no place. */
export function viewScheduled(
  row: ScheduledRow,
  senderName: string,
  files: readonly MediaRow[],
): Message & { problem: string | null; cancelOnReply: boolean } {
  return {
    id: row.id,
    conversationId: row.conversationId,
    seq: 0,
    sendAt: row.sendAt.toISOString(),
    kind: 'text',
    direction: 'outbound',
    author: { kind: 'user', id: row.senderId, name: senderName, address: null },
    body: row.body,
    template: row.template && { id: row.template.sid, variables: row.template.variables },
    media: row.mediaIds.flatMap((id) => files.filter((file) => file.id === id).map(toMedia)),
    origin: null,
    location: null,
    deliveries: { total: 0, queued: 0, sent: 0, delivered: 0, failed: 0, unknown: 0 },
    delivery: null,
    held: null,
    clientKey: row.clientKey,
    twilioSid: null,
    createdAt: row.createdAt.toISOString(),
    problem: row.problem,
    cancelOnReply: row.unlessMoreThan !== null,
  }
}
