import { randomBytes } from 'node:crypto'
import {
  claimPendingMedia,
  recordMediaChange,
  releaseDeliveries,
  setMediaFailed,
  setMediaStored,
} from '@partyline/db/queries/inbound-media'
import type { JobHandler } from '@partyline/kit/jobs'
import type { JobDeps } from '../deps.ts'
import { downloadMedia } from '../twilio/download-media.ts'

/** Copies the pictures of a message from Twilio, then lets the deliveries that waited for them go. */
export function fetchMedia(deps: JobDeps): JobHandler<'media.fetch'> {
  return async ({ messageId }, { log }) => {
    const { db, blobs, config, rings, feedBell } = deps
    const pending = await claimPendingMedia(db, messageId)
    await Promise.all(
      pending.map(async ({ id, state, twilioMessageSid, twilioMediaSid }) => {
        if (state !== 'pending' || !twilioMessageSid || !twilioMediaSid) return
        const file = await downloadMedia(config.twilio, twilioMessageSid, twilioMediaSid)
        if (file.outcome === 'stored') {
          const blobKey = await blobs.put(file.bytes)
          const linkToken = randomBytes(24).toString('base64url')
          const { contentType } = file
          const sizeBytes = file.bytes.length
          await setMediaStored(db, id, { blobKey, contentType, sizeBytes, linkToken })
        } else {
          log.warn({ mediaId: id, ...file }, 'a picture was not copied')
          if (file.outcome === 'gone') await setMediaFailed(db, id)
        }
      }),
    )
    const lineId = await releaseDeliveries(db, messageId)
    if (pending.length > 0) await recordMediaChange(db, messageId)
    feedBell.ring()
    if (lineId) await rings.deliveries(lineId)
  }
}
