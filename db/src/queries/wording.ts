import { sql } from 'drizzle-orm'
import { type Channel, channelOf } from '@partyline/contracts/channels'
import { AppError } from '@partyline/contracts/errors'
import type { Db } from '../client.ts'
import type { ConversationRow } from '../schema/conversations.ts'
import type { SentTemplate } from '../schema/messages.ts'
import { useTemplate } from './use-template.ts'

type Place = Pick<ConversationRow, 'id' | 'kind' | 'address'>

/** What is said: of a template its words with the values in them, else what was written, where that may be sent then. */
export async function wordingOf(
  tx: Db,
  place: Place,
  given: { body: string; template?: SentTemplate | null | undefined },
  sendAt?: Date,
): Promise<string> {
  if (given.template) return useTemplate(tx, place, given.template)
  await refuseOutsideWindow(tx, place, sendAt)
  return given.body
}

/** WhatsApp and Messenger would take it, and say later that it failed. */
async function refuseOutsideWindow(
  tx: Db,
  { id, kind, address }: Place,
  sendAt: Date | undefined,
): Promise<void> {
  if (kind !== 'direct' || address === null || channelOf(address) === 'sms') return
  const at = sendAt === undefined ? sql`now()` : sql`${sendAt.toISOString()}::timestamptz`
  const [window] = await tx.execute<{ closed: boolean; closes: boolean }>(sql`
    select created_at <= now() - interval '24 hours' as closed,
      created_at <= ${at} - interval '24 hours' as closes
    from messages where conversation_id = ${id} and direction = 'inbound'
    order by seq desc limit 1
  `)
  if (window?.closes === false) return
  throw new AppError('window_closed', whyClosed(channelOf(address), window))
}

function whyClosed(channel: Channel, window: { closed: boolean } | undefined): string {
  const isWhatsApp = channel === 'whatsapp'
  const name = isWhatsApp ? 'WhatsApp' : 'Messenger'
  if (window?.closed === false) {
    return `By then the 24 hours in which ${name} takes free text are over, unless they write again. Choose an earlier time${isWhatsApp ? ', or send a template' : ''}.`
  }
  const since = window
    ? 'Their last message is more than 24 hours old.'
    : 'They have not written to this line yet.'
  return isWhatsApp
    ? `${since} WhatsApp takes free text for 24 hours after a message of theirs; send a template.`
    : `${since} Messenger takes messages for 24 hours after one of theirs; wait until they write.`
}
