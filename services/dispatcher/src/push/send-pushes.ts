import type { PushNotice } from '@partyline/contracts/api/push'
import {
  claimPushes,
  delayPush,
  type DuePush,
  settlePush,
} from '@partyline/db/queries/push-notices'
import {
  endSubscription,
  findVapidKeys,
  type VapidKeys,
} from '@partyline/db/queries/push-subscriptions'
import { viewConversations } from '@partyline/db/views/conversation'
import type { JobDeps } from '../deps.ts'

const batch = 50

/** Tells browsers of what came in, until there is nothing left to tell. */
export async function sendPushes(deps: JobDeps): Promise<void> {
  const { db, stopping } = deps
  while (!stopping.aborted) {
    const due = await claimPushes(db, batch)
    if (due.length === 0) return
    const keys = await findVapidKeys(db)
    if (!keys) throw new Error('browsers subscribed to a key that is gone')
    const views = await viewConversations(db, [...new Set(due.map((push) => push.conversationId))])
    await Promise.all(
      due.map(async (push) => {
        const conversation = views.get(push.conversationId)
        if (conversation) await tell(deps, push, toNotice(push, conversation), keys)
      }),
    )
  }
}

type Named = Pick<PushNotice, 'id' | 'kind' | 'name'>

function toNotice(push: DuePush, { id, kind, name }: Named): PushNotice {
  const { messageId, authorName, preview, mediaCount } = push
  const lastMessage = { direction: 'inbound', authorName, preview, mediaCount, failed: 0 } as const
  return { id, kind, name, lastMessage: { id: messageId, ...lastMessage } }
}

async function tell(
  { db, log, pushClient }: JobDeps,
  push: DuePush,
  notice: PushNotice,
  keys: VapidKeys,
): Promise<void> {
  const answer = await pushClient.send(push, JSON.stringify(notice), keys)
  // The address itself would let whoever reads it write to that browser.
  const about = { service: new URL(push.endpoint).host, tries: push.tries }
  switch (answer.outcome) {
    case 'told':
      return settlePush(db, push)
    case 'gone':
      log.info(about, 'a browser that was to be told is gone')
      return endSubscription(db, push.subscriptionId)
    case 'refused':
      log.warn({ ...about, reason: answer.reason }, 'a push service refused a notice')
      return settlePush(db, push)
    case 'later': {
      const again = await delayPush(db, push, answer.seconds)
      const { reason } = answer
      if (again) return log.info({ ...about, reason }, 'a push service took no notice yet')
      log.warn({ ...about, reason }, 'a push service took no notice: given up')
      return settlePush(db, push)
    }
  }
}
