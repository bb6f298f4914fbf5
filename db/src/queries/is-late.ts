import { sql } from 'drizzle-orm'
import { deliveries } from '../schema/deliveries.ts'

/** Free text to WhatsApp or Messenger, where the contact’s last message is more than 24 hours old: it would fail again. */
export const isLate = sql`exists (
  select from messages as said join conversations as place on place.id = said.conversation_id
  where said.id = ${deliveries.messageId} and said.template is null
    and place.kind = 'direct' and place.address not like '+%'
    and coalesce((
      select theirs.created_at from messages as theirs
      where theirs.conversation_id = place.id and theirs.direction = 'inbound'
      order by theirs.seq desc limit 1
    ), '-infinity') <= now() - interval '24 hours')`
