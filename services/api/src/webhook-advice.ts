import type { WebhookLog } from '@partyline/contracts/api/webhook-log'
import type { WebhookRefusal } from '@partyline/contracts/webhook-notes'

type Advice = Pick<WebhookLog['refused'][number], 'advice' | 'setting'>

/** What to do about a refused webhook. */
export function adviseOn(refusal: WebhookRefusal, publicUrl: string): Advice {
  const { reason, matchingUrl } = refusal
  if (reason === 'foreign account') {
    const advice = 'Twilio signed it for another account than the one that is set here.'
    return { advice, setting: 'TWILIO_ACCOUNT_SID' }
  }
  if (reason === 'no signature') {
    const advice =
      'It carries no signature. If it came from Twilio, a proxy takes the header X-Twilio-Signature away; else somebody else sent it, and nothing is to be done.'
    return { advice, setting: null }
  }
  if (matchingUrl === null) {
    const advice =
      'It matches no address that is like this one. Either the auth token is not the current one of this account, or somebody else sent it.'
    return { advice, setting: 'TWILIO_AUTH_TOKEN' }
  }
  const { origin } = new URL(matchingUrl)
  if (origin !== new URL(publicUrl).origin) {
    const advice = `Twilio sends to ${origin}. Set PUBLIC_URL to that, or the webhook at Twilio to ${publicUrl}.`
    return { advice, setting: 'PUBLIC_URL' }
  }
  const advice =
    'Host and token are right, but the path or its query was changed on the way. A proxy must pass both on as they are.'
  return { advice, setting: null }
}
