import { sql } from 'drizzle-orm'
import { type ReviewCause, reviewCauses } from '@partyline/contracts/delivery-causes'
import type { Db } from '../client.ts'
import { deliveries } from '../schema/deliveries.ts'
import { hasFailed } from './has-failed.ts'
import { countsLeftOut, isLeftOut, type LeftOut } from './left-out.ts'
import { queueAgain } from './retry-delivery.ts'

/** To these nothing goes, or nothing that arrives: a person asks for each by itself. */
const isLost = sql`(${deliveries.cause} in ('opted_out', 'unreachable')
  or exists (select from members where members.id = ${deliveries.memberId} and members.left_at is not null)
  or exists (select from unreachable_addresses as dead where dead.address = ${deliveries.address}))`

const failedOf = (messageId: string) => sql`${deliveries.messageId} = ${messageId}
  and ${isLost} is not true and (${deliveries.state} = 'cancelled' or ${hasFailed})`

/** Queues again what failed of one message. */
export function retryFailed(db: Db, messageId: string) {
  return queueAgain(
    db,
    sql`select ${deliveries.id} from ${deliveries}
      where ${failedOf(messageId)} and not ${isLeftOut}
      order by ${deliveries.id}`,
  )
}

/** What of one message would be sent again, and what is left out, by the reason why. */
export async function countRetryable(db: Db, messageId: string) {
  const [row] = await db.execute<LeftOut & { failed: number }>(sql`
    select (count(*) filter (where not ${isLeftOut}))::int as failed, ${countsLeftOut}
    from ${deliveries} where ${failedOf(messageId)}
  `)
  const held = await db.execute<{ cause: ReviewCause; count: number }>(sql`
    select cause, count(*)::int as count from ${deliveries}
    where ${deliveries.messageId} = ${messageId} and ${deliveries.state} = 'review'
      and ${deliveries.cause} = any(${sql.param([...reviewCauses])}::text[]) and not ${isLeftOut}
    group by cause order by cause
  `)
  return { ...(row ?? { failed: 0, late: 0, withdrawn: 0 }), held: [...held] }
}
