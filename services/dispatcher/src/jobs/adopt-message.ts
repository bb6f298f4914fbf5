import { insertAdoptedDelivery, isKnownSid } from '@partyline/db/queries/adopted-message'
import {
  findOrCreateContact,
  findOrCreateDirect,
  findOrCreateLine,
} from '@partyline/db/queries/find-or-create'
import { insertInboundMedia } from '@partyline/db/queries/inbound-media'
import { postMessage } from '@partyline/db/queries/post-message'
import { closeStatusEvents } from '@partyline/db/queries/status-events'
import type { JobHandler } from '@partyline/kit/jobs'
import type { JobDeps } from '../deps.ts'
import type { TwilioMessage } from '../twilio/client.ts'
import { settleStatuses } from './apply-statuses.ts'

/** Shows a text that another program sent from one of our numbers, as Twilio tells it. */
export function adoptMessage(deps: JobDeps): JobHandler<'message.adopt'> {
  return async ({ messageSid }) => {
    const { db, twilio, rings } = deps
    if (!(await isKnownSid(db, messageSid))) {
      const found = await twilio.fetchMessage(messageSid)
      if (!found?.direction.startsWith('outbound') || !(found.from ?? found.messagingServiceSid)) {
        await closeStatusEvents(db, messageSid)
        return
      }
      const media = found.mediaCount > 0 ? await twilio.listMedia(messageSid) : []
      const messageId = await keep(deps, found, media)
      if (media.length > 0) await rings.media(messageId)
    }
    await settleStatuses(deps, [messageSid])
  }
}

async function keep(
  { db }: JobDeps,
  found: TwilioMessage,
  media: { mediaSid: string; contentType: string }[],
): Promise<string> {
  return db.transaction(async (tx) => {
    const line = await findOrCreateLine(tx, {
      address: found.from ?? found.messagingServiceSid ?? '',
      messagingServiceSid: found.messagingServiceSid,
    })
    const { contactId } = await findOrCreateContact(tx, { address: found.to })
    const direct = await findOrCreateDirect(tx, { lineId: line.id, address: found.to, contactId })
    const { message } = await postMessage(tx, {
      conversationId: direct.conversationId,
      kind: 'text',
      direction: 'outbound',
      author: { kind: 'system', id: null, name: 'Another program', address: found.from },
      body: found.body,
      mediaCount: media.length,
      twilioSid: found.sid,
      relay: false,
    })
    await insertAdoptedDelivery(tx, message.id, found)
    await insertInboundMedia(
      tx,
      message.id,
      media.map((item) => ({ ...item, messageSid: found.sid })),
    )
    return message.id
  })
}
