import { eq, inArray, sql } from 'drizzle-orm'
import type { Delivery } from '@partyline/contracts/api/deliveries'
import { deliveryStatusOf, retryable } from '@partyline/contracts/delivery-status'
import { explainDelivery, reviewCauses } from '@partyline/contracts/delivery-causes'
import { formatAddress } from '@partyline/contracts/phone'
import type { Db } from '../client.ts'
import { addresses, contacts } from '../schema/contacts.ts'
import { members } from '../schema/conversations.ts'
import { deliveries, type DeliveryRow } from '../schema/deliveries.ts'

/** Whoever may see the message may see these. */
export async function viewDeliveries(db: Db, ids: string[]): Promise<Map<string, Delivery>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({
      row: deliveries,
      name: sql<string | null>`coalesce(${members.name}, ${contacts.name})`,
    })
    .from(deliveries)
    .leftJoin(members, eq(members.id, deliveries.memberId))
    .leftJoin(addresses, eq(addresses.address, deliveries.address))
    .leftJoin(contacts, eq(contacts.id, addresses.contactId))
    .where(inArray(deliveries.id, ids))
  return new Map(rows.map(({ row, name }) => [row.id, toDelivery(row, name)]))
}

function toDelivery(row: DeliveryRow, name: string | null): Delivery {
  const status = deliveryStatusOf(row.state, row.status)
  return {
    id: row.id,
    messageId: row.messageId,
    memberId: row.memberId,
    name,
    address: row.address,
    displayAddress: formatAddress(row.address),
    status,
    error: explainDelivery({ status, errorCode: row.errorCode, cause: row.cause }),
    heldFor: status === 'review' ? (reviewCauses.find((one) => one === row.cause) ?? null) : null,
    attempts: row.attempt,
    // To somebody who left nothing goes, however often it is tried: START brings them back.
    canRetry: retryable.includes(status) && row.cause !== 'opted_out',
    twilioSid: row.twilioSid,
    updatedAt: row.updatedAt.toISOString(),
  }
}
