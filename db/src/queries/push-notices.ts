import { sql } from 'drizzle-orm'
import type { PushSubscriptionKeys } from '@partyline/contracts/api/push'
import type { Db } from '../client.ts'
import { conversations } from '../schema/conversations.ts'
import { visibleTo } from './visibility.ts'

/** As much of a text as a notice shows. */
const previewLength = 120

/** Longer than a push service may take to answer. */
const leaseSeconds = 30

/** With their pauses some ten minutes; then it is no news any more. */
const maxTries = 7

const mayBeTold = sql`told.ends_at > now() and ${visibleTo(sql`told.user_id`)}`

/**
 * Notes for every browser that may see it that a text came in, in the transaction that takes it in: what
 * is kept is told. A browser that is leaving is not waited for. True when there is somebody to tell.
 */
export async function notePushes(
  tx: Db,
  message: { id: string; conversationId: string },
): Promise<boolean> {
  const noted = await tx.execute(sql`
    insert into push_notices (subscription_id, conversation_id, message_id)
    select told.id, conversations.id, ${message.id}
    from push_subscriptions as told, ${conversations}
    where conversations.id = ${message.conversationId} and ${mayBeTold}
    for key share of told skip locked
    on conflict (subscription_id, conversation_id) do update set message_id = excluded.message_id
    returning subscription_id
  `)
  return noted.length > 0
}

/** One text to tell one browser of. */
export interface DuePush {
  subscriptionId: string
  conversationId: string
  messageId: string
  /** This one included. */
  tries: number
  endpoint: string
  keys: PushSubscriptionKeys
  authorName: string
  preview: string
  mediaCount: number
}

/**
 * Takes what is due, for as long as the lease: whoever dies with it leaves it to the next. Asked once more
 * is who may see it, as much may have changed since.
 */
export async function claimPushes(db: Db, limit: number): Promise<DuePush[]> {
  return db.execute<DuePush & Record<string, unknown>>(sql`
    with due as (
      select notice.subscription_id, notice.conversation_id from push_notices as notice
      join push_subscriptions as told on told.id = notice.subscription_id
      join ${conversations} on conversations.id = notice.conversation_id
      where notice.due_at <= now() and notice.tries < ${maxTries} and ${mayBeTold}
      order by notice.due_at limit ${limit}
      for update of notice skip locked
    )
    update push_notices as notice
    set tries = tries + 1, due_at = now() + ${leaseSeconds} * interval '1 second'
    from due, push_subscriptions as told, messages
    where notice.subscription_id = due.subscription_id
      and notice.conversation_id = due.conversation_id
      and told.id = notice.subscription_id and messages.id = notice.message_id
    returning notice.subscription_id as "subscriptionId", notice.conversation_id as "conversationId",
      notice.message_id as "messageId", notice.tries, told.endpoint,
      jsonb_build_object('p256dh', told.p256dh, 'auth', told.auth) as keys,
      messages.author_name as "authorName", left(messages.body, ${previewLength}) as preview,
      (select count(*)::int from media where media.message_id = messages.id) as "mediaCount"
  `)
}

/** Told, or given up. A newer text of the conversation, come in between, is due at once. */
export async function settlePush(db: Db, push: DuePush): Promise<void> {
  const { subscriptionId, conversationId, messageId } = push
  const place = sql`subscription_id = ${subscriptionId} and conversation_id = ${conversationId}`
  await db.execute(sql`
    with told as (delete from push_notices where ${place} and message_id = ${messageId})
    update push_notices set due_at = now(), tries = 0 where ${place} and message_id <> ${messageId}
  `)
}

/** The push service is busy or away. False: it was tried often enough. */
export async function delayPush(db: Db, push: DuePush, seconds: number): Promise<boolean> {
  if (push.tries >= maxTries) return false
  await db.execute(sql`
    update push_notices set due_at = now() + ${seconds} * interval '1 second'
    where subscription_id = ${push.subscriptionId} and conversation_id = ${push.conversationId}
  `)
  return true
}
