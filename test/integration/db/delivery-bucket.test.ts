import {
  bucketOf,
  deliveryStates,
  deliveryStatusOf,
  twilioStatuses,
} from '@partyline/contracts/delivery-status'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { test } from '../../support/stack.ts'

test('the database counts a delivery as the contract does', async ({ stack: { db } }) => {
  for (const state of deliveryStates) {
    for (const status of [null, ...twilioStatuses]) {
      const [row] = await db.execute<{ bucket: string }>(
        sql`select delivery_bucket(${state}::delivery_state, ${status}) as bucket`,
      )
      expect(row?.bucket, `${state} ${status}`).toBe(bucketOf[deliveryStatusOf(state, status)])
    }
  }
})
