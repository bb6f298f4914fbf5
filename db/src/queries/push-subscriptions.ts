import { and, eq, lte, ne, sql } from 'drizzle-orm'
import type { PushSubscriptionKeys } from '@partyline/contracts/api/push'
import type { Db } from '../client.ts'
import { pushSubscriptions, vapidKeys } from '../schema/push.ts'
import { sessions } from '../schema/users.ts'

/** More browsers than anybody has; the one that subscribed first gives way. */
const perUser = 10

export interface VapidKeys {
  publicKey: string
  privateKey: string
}

/** The key that browsers subscribe with. Who asks first makes it; of two at once one wins for both. */
export async function publicPushKey(db: Db, make: () => VapidKeys): Promise<string> {
  const find = async () => {
    const [row] = await db.select({ publicKey: vapidKeys.publicKey }).from(vapidKeys)
    return row?.publicKey
  }
  const found = await find()
  if (found !== undefined) return found
  await db.insert(vapidKeys).values(make()).onConflictDoNothing({ target: vapidKeys.id })
  const made = await find()
  if (made === undefined) throw new Error('the keys for push were not kept')
  return made
}

/** Undefined before the first browser asked for the public one. */
export async function findVapidKeys(db: Db): Promise<VapidKeys | undefined> {
  const { publicKey, privateKey } = vapidKeys
  const [row] = await db.select({ publicKey, privateKey }).from(vapidKeys)
  return row
}

interface Given {
  userId: string
  sessionId: string
  endpoint: string
  keys: PushSubscriptionKeys
}

/** One for each session: a browser that subscribes again takes the place of itself. In a transaction. */
export async function subscribePush(tx: Db, { userId, sessionId, endpoint, keys }: Given) {
  const mine = eq(pushSubscriptions.sessionId, sessionId)
  await tx.delete(pushSubscriptions).where(and(mine, ne(pushSubscriptions.endpoint, endpoint)))
  const endsAt = sql`(select expires_at from ${sessions} where id = ${sessionId})`
  await tx
    .insert(pushSubscriptions)
    .values({ userId, sessionId, endpoint, ...keys, endsAt })
    .onConflictDoUpdate({
      target: pushSubscriptions.endpoint,
      set: { userId, sessionId, ...keys, endsAt, createdAt: sql`now()` },
    })
  await tx.execute(sql`
    delete from push_subscriptions where id in (
      select id from push_subscriptions where user_id = ${userId}
      order by created_at desc, id desc offset ${perUser})
  `)
}

export async function unsubscribePush(db: Db, sessionId: string): Promise<void> {
  await db.delete(pushSubscriptions).where(eq(pushSubscriptions.sessionId, sessionId))
}

/** The push service says that there is no such browser any more. */
export async function endSubscription(db: Db, id: string): Promise<void> {
  await db.delete(pushSubscriptions).where(eq(pushSubscriptions.id, id))
}

/** Those whose sessions are over, and what nobody was told of in an hour: it is no news any more. */
export async function forgetOldPushes(db: Db): Promise<void> {
  await db.delete(pushSubscriptions).where(lte(pushSubscriptions.endsAt, sql`now()`))
  await db.execute(sql`delete from push_notices where due_at < now() - interval '1 hour'`)
}
