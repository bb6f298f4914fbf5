import { sql } from 'drizzle-orm'
import { deliveries } from '../schema/deliveries.ts'

/** Whether a delivery came to a bad end, at Twilio or before. As its index says it. */
export const hasFailed = sql`(${deliveries.state} = 'failed' or (${deliveries.state} = 'accepted'
  and ${deliveries.status} in ('failed', 'undelivered', 'canceled')))`
