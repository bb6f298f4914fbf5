import { sql } from 'drizzle-orm'
import { deliveries } from '../schema/deliveries.ts'
import { isSendable } from './templates.ts'

/** Free text to WhatsApp or Messenger, where the contact’s last message is more than 24 hours old: it would fail again. */
const isLate = sql`exists (
  select from messages as said join conversations as place on place.id = said.conversation_id
  where said.id = ${deliveries.messageId} and said.template is null
    and place.kind = 'direct' and place.address not like '+%'
    and coalesce((
      select theirs.created_at from messages as theirs
      where theirs.conversation_id = place.id and theirs.direction = 'inbound'
      order by theirs.seq desc limit 1
    ), '-infinity') <= now() - interval '24 hours')`

/** A template that is not in the account any more, or that WhatsApp takes no more. */
const isWithdrawn = sql`exists (
  select from messages as said
  where said.id = ${deliveries.messageId} and said.template is not null
    and not exists (select from templates where sid = said.template ->> 'sid' and ${isSendable}))`

/** What is not sent again together with others, as it would fail. */
export const isLeftOut = sql`(${isLate} or ${isWithdrawn})`

export type LeftOut = { late: number; withdrawn: number }

export const countsLeftOut = sql`(count(*) filter (where ${isLate}))::int as late,
  (count(*) filter (where ${isWithdrawn}))::int as withdrawn`
