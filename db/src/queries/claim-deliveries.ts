import { sql } from 'drizzle-orm'
import { phoneText, splitText } from '@partyline/contracts/phone-text'
import type { Db } from '../client.ts'
import type { MessageRow, SentTemplate } from '../schema/messages.ts'

/** A delivery that is ours to send. `attempt` is the fence: its result counts for this claim only. */
export interface Claim {
  id: string
  attempt: number
  segments: number
  messageId: string
  lineId: string
  /** What led to the message, where traces are on. */
  traceParent: string | null
  from: string
  to: string
  /** This part of what the phone is to show. */
  body: string
  media: { token: string; fileName: string }[]
  /** What Twilio is to send in place of body and media. */
  template: SentTemplate | null
}

export interface Claims {
  claims: Claim[]
  /** How many were taken from the queue, those not to be sent included. */
  taken: number
}

interface Wanted {
  lineId: string
  limit: number
  /** The rate that is left: claiming ends with the delivery that uses it up. */
  segments: number
  leaseMs: number
}

/** The pictures of a message that Twilio can fetch. They go with its first part. */
const storedMedia = sql`
  select jsonb_agg(
    jsonb_build_object('token', link_token, 'fileName', file_name, 'contentType', content_type)
    order by position) as media
  from media where media.message_id = messages.id and media.state = 'stored'`

/**
 * Claims up to `limit` due deliveries of a line, each the first unsettled one of its lane, so that every
 * recipient gets a conversation in its order. A row being claimed elsewhere is skipped, and its followers
 * with it: they are not first while it is unsettled. Whoever left (STOP) is cancelled here, in the claim,
 * and what can never arrive fails; but for what was tried before: that is a person's retry.
 *
 * Meant for the sending pool, where it reads `deliveries_due` in its order and no further than `limit`;
 * `offset 0` keeps the look at each lane from becoming a join of all with all.
 */
export async function claimDeliveries(db: Db, wanted: Wanted): Promise<Claims> {
  const rows = await db.execute<ClaimRow>(claimSql(wanted))
  return {
    claims: rows.filter((row) => row.state === 'sending').map(toClaim),
    taken: rows.length,
  }
}

const claimSql = ({ lineId, limit, segments, leaseMs }: Wanted) => sql`
    with first as (
      select id, line_id, address, attempt, segments, priority, next_at from deliveries
      where line_id = ${lineId} and state = 'queued' and next_at <= now()
        and not exists (
          select from deliveries earlier
          where earlier.conversation_id = deliveries.conversation_id
            and earlier.address = deliveries.address
            and earlier.state in ('queued', 'sending', 'unknown')
            and (earlier.seq, earlier.part) < (deliveries.seq, deliveries.part)
          offset 0
        )
      order by priority, next_at
      limit ${limit}
      for update skip locked
    ), affordable as (
      select id, line_id, address, attempt from (
        select *, sum(segments) over (order by priority, next_at, id) - segments as before from first
      ) as costed
      where before < ${segments}
    ), claimed as (
      update deliveries set
        state = case when left_line then 'cancelled' when dead then 'failed' else 'sending'
          end::delivery_state,
        cause = case when left_line then 'opted_out' when dead then 'unreachable' end,
        attempt = attempt + 1,
        attempt_at = now(),
        lease_until = case when left_line or dead then null else now() + ${leaseMs} * interval '1 millisecond' end,
        updated_at = now()
      from (
        select affordable.id, exists (
          select from opt_outs
          where opt_outs.line_id = affordable.line_id
            and opt_outs.address = affordable.address and opt_outs.ended_at is null
        ) as left_line, affordable.attempt = 0 and exists (
          select from unreachable_addresses
          where unreachable_addresses.address = affordable.address
        ) as dead
        from affordable
      ) as checked
      where deliveries.id = checked.id
      returning deliveries.*
    )
    select claimed.id, claimed.attempt, claimed.segments, claimed.message_id, claimed.line_id, claimed.address,
      claimed.part, claimed.state, messages.trace_parent, lines.address as from_address, conversations.kind = 'group' as in_group,
      messages.kind, messages.author_name, messages.body, messages.template,
      linked.media
    from claimed
    join lines on lines.id = claimed.line_id
    join messages on messages.id = claimed.message_id
    join conversations on conversations.id = claimed.conversation_id
    left join lateral (${storedMedia}) as linked on claimed.part = 1
    order by claimed.priority, claimed.next_at, claimed.id
`

type ClaimRow = {
  id: string
  attempt: number
  segments: number
  message_id: string
  line_id: string
  trace_parent: string | null
  address: string
  part: number
  state: string
  from_address: string
  in_group: boolean
  kind: MessageRow['kind']
  author_name: string
  body: string
  template: SentTemplate | null
  media: { token: string; fileName: string | null; contentType: string }[] | null
}

function toClaim(row: ClaimRow): Claim {
  const text = phoneText({
    inGroup: row.in_group,
    kind: row.kind,
    authorName: row.author_name,
    body: row.body,
  })
  return {
    id: row.id,
    attempt: row.attempt,
    segments: row.segments,
    messageId: row.message_id,
    lineId: row.line_id,
    traceParent: row.trace_parent,
    from: row.from_address,
    to: row.address,
    body: splitText(text)[row.part - 1] ?? '',
    template: row.template,
    media: (row.media ?? []).map(({ token, fileName, contentType }) => ({
      token,
      fileName: fileName ?? `file.${contentType.split('/')[1] ?? 'bin'}`,
    })),
  }
}
