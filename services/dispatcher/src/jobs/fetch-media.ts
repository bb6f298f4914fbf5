import { randomBytes } from 'node:crypto'
import {
  claimPendingMedia,
  findTraceParent,
  recordMediaChange,
  releaseDeliveries,
  setMediaFailed,
  setMediaStored,
} from '@partyline/db/queries/inbound-media'
import type { JobHandler } from '@partyline/kit/jobs'
import { readPictureSize } from '@partyline/kit/picture-size'
import type { Span } from '@partyline/kit/tracing'
import type { JobDeps } from '../deps.ts'
import { downloadMedia } from '../twilio/download-media.ts'

/** Copies the pictures of a message from Twilio, then lets the deliveries that waited for them go. */
export function fetchMedia(deps: JobDeps): JobHandler<'media.fetch'> {
  return async ({ messageId }, { log }) => {
    const { db, tracing, rings, feedBell } = deps
    const pending = await claimPendingMedia(db, messageId)
    const parent = tracing.on ? await findTraceParent(db, messageId) : null
    await Promise.all(
      pending.map(async (picture) => {
        const facts = { 'partyline.message_id': messageId, 'partyline.media_id': picture.id }
        const span = tracing.span('copy picture', { kind: 'client', parent, facts })
        try {
          await copyPicture({ ...deps, log }, picture, span)
        } finally {
          span.end()
        }
      }),
    )
    const lineId = await releaseDeliveries(db, messageId)
    if (pending.length > 0) await recordMediaChange(db, messageId)
    feedBell.ring()
    if (lineId) await rings.deliveries(lineId)
  }
}

type Picture = Awaited<ReturnType<typeof claimPendingMedia>>[number]

async function copyPicture(
  { db, blobs, config, log }: JobDeps,
  { id, messageId, state, twilioMessageSid, twilioMediaSid }: Picture,
  span: Span,
): Promise<void> {
  if (state !== 'pending' || !twilioMessageSid || !twilioMediaSid) return
  const file = await downloadMedia(config.twilio, twilioMessageSid, twilioMediaSid)
  span.set({ 'partyline.outcome': file.outcome })
  if (file.outcome === 'stored') {
    const blobKey = await blobs.put(file.bytes)
    const linkToken = randomBytes(24).toString('base64url')
    const { contentType } = file
    const sizeBytes = file.bytes.length
    const size = readPictureSize(file.bytes)
    await setMediaStored(db, id, { blobKey, contentType, sizeBytes, linkToken, ...size })
    return
  }
  span.fail()
  log.warn({ mediaId: id, messageId, ...span.forLog, ...file }, 'a picture was not copied')
  if (file.outcome === 'gone') await setMediaFailed(db, id)
}
