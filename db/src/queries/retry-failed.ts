import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { deliveries } from '../schema/deliveries.ts'
import { hasFailed } from './has-failed.ts'
import { queueAgain } from './retry-delivery.ts'

/** To these nothing goes, or nothing that arrives: a person asks for each by itself. */
const isLost = sql`(${deliveries.cause} in ('opted_out', 'unreachable')
  or exists (select from members where members.id = ${deliveries.memberId} and members.left_at is not null)
  or exists (select from unreachable_addresses as dead where dead.address = ${deliveries.address}))`

/** Queues again what failed of one message. */
export function retryFailed(db: Db, messageId: string) {
  return queueAgain(
    db,
    sql`select ${deliveries.id} from ${deliveries}
      where ${deliveries.messageId} = ${messageId} and ${isLost} is not true
        and (${deliveries.state} = 'cancelled' or ${hasFailed})
      order by ${deliveries.id}`,
  )
}
