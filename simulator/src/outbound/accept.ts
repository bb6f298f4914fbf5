import { countSegments } from '@partyline/contracts/segments'
import { createSid } from '../sid.ts'
import type { Simulation } from '../simulation.ts'
import type { MessageRow } from '../store/messages.ts'
import { advance } from './advance.ts'

export interface Draft {
  direction: 'outbound-api' | 'outbound-reply'
  /** Null while a Messaging Service has not chosen. */
  sender: string | null
  recipient: string
  body: string
  mediaUrls: string[]
  /** The template that the body was made from. */
  contentSid?: string | null
  asMms: boolean
  serviceSid: string | null
  statusCallback: string | null
  sendAt: number | null
}

/** Takes a valid text in and sets it on its way. */
export function accept(sim: Simulation, draft: Draft): MessageRow {
  const row = sim.store.messages.insert({
    sid: createSid(draft.mediaUrls.length > 0 || draft.asMms ? 'MM' : 'SM'),
    direction: draft.direction,
    automatic: 0,
    sender: draft.sender,
    recipient: draft.recipient,
    body: draft.body,
    status: initialStatus(draft),
    num_segments: draft.sender === null ? 0 : countSegments(draft.body).segments,
    num_media: draft.mediaUrls.length,
    media_urls: JSON.stringify(draft.mediaUrls),
    content_sid: draft.contentSid ?? null,
    error_code: null,
    price: null,
    service_sid: draft.serviceSid,
    status_callback: draft.statusCallback,
    delivery: deliveryIn(draft.statusCallback),
    webhook: null,
    send_at: draft.sendAt,
    created_at: sim.now(),
    sent_at: null,
  })
  sim.timers.after(sim.config.latencyMs, () => advance(sim, row.sid))
  return row
}

function initialStatus(draft: Draft): string {
  if (draft.sendAt !== null) return 'scheduled'
  return draft.serviceSid === null ? 'queued' : 'accepted'
}

/** The caller's own id, which it put into its StatusCallback: the judge counts by it. */
function deliveryIn(statusCallback: string | null): string | null {
  return (statusCallback && URL.parse(statusCallback)?.searchParams.get('delivery')) ?? null
}
