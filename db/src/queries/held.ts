import { sql } from 'drizzle-orm'
import type { HeldCause } from '@partyline/contracts/held-causes'
import type { SendLimits } from '@partyline/contracts/send-limits'
import type { Db } from '../client.ts'

interface MemberText {
  messageSid: string
  conversationId: string
  from: string
  body: string
}

interface Found extends Record<string, unknown> {
  too_many: boolean
  same: boolean
  echo: boolean
  paused: boolean
}

/**
 * Why a member's text is not passed on, if it is not: machines that answer each other must not go on for
 * ever. Counted by when Twilio had the texts, so that a backlog is no flood, and the same however often
 * and in whatever order they are taken.
 */
export async function findHeldCause(
  tx: Db,
  text: MemberText,
  { relaysPerMinute, sameRelays }: Pick<SendLimits, 'relaysPerMinute' | 'sameRelays'>,
): Promise<HeldCause | undefined> {
  const [found] = await tx.execute<Found>(sql`
    with mine as (
      select params ->> 'From' as sender, params ->> 'To' as line, params ->> 'Body' as body,
        received_at, seq
      from inbox where message_sid = ${text.messageSid}
    ), before as (
      select inbox.received_at, inbox.params ->> 'Body' as body
      from mine join inbox on inbox.params ->> 'From' = mine.sender
        and inbox.received_at between mine.received_at - interval '10 minutes' and mine.received_at
      where inbox.params ->> 'To' = mine.line
        and (inbox.received_at, inbox.seq) < (mine.received_at, mine.seq)
      order by inbox.received_at desc limit ${mostCounted}
    )
    select
      count(*) filter (where before.received_at >= date_trunc('minute', mine.received_at))
        >= ${finite(relaysPerMinute)} as too_many,
      count(*) filter (where before.body = mine.body and mine.body <> '')
        >= ${finite(sameRelays)} as same,
      ${isEcho(text)} as echo,
      exists (select from groups where groups.conversation_id = ${text.conversationId}
        and groups.paused_at is not null) as paused
    from mine left join before on true
    group by mine.received_at
  `)
  if (found?.echo) return 'echo'
  if (found?.same) return 'same_text'
  if (found?.paused) return 'paused'
  return found?.too_many ? 'too_many' : undefined
}

/** Whoever has sent this many in ten minutes is over any cap. */
const mostCounted = 10_000

const finite = (cap: number) => Math.min(cap, 2 * mostCounted)

/** The text ends with what phones were shown here a moment ago, from somebody else: a hub passed it on. */
function isEcho({ conversationId, from, body }: MemberText) {
  const shown = sql`case messages.kind when 'text'
    then messages.author_name || ': ' || messages.body else messages.body end`
  return sql`exists (
    select from conversations join messages on messages.conversation_id = conversations.id
      and messages.seq > conversations.last_seq - 200
    where conversations.id = ${conversationId}
      and messages.created_at > now() - interval '10 minutes'
      and messages.body <> '' and messages.author_address is distinct from ${from}
      and (${shown} = ${body} or right(${body}, length(${shown}) + 2) = ': ' || (${shown}))
  )`
}
