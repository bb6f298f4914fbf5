import { freshSid } from '../../support/webhook.ts'

/** Twilio's yes to a claim. */
export const accepted = (claim: { id: string; attempt: number }, twilioSid = freshSid()) => ({
  ...{ id: claim.id, attempt: claim.attempt, twilioSid },
  ...{ state: 'accepted' as const, status: 'queued' as const, errorCode: null },
})
