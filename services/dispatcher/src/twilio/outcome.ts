import { isTwilioStatus, type TwilioStatus } from '@partyline/contracts/delivery-status'
import { NotSentError } from './http-client.ts'

/** What we know after asking Twilio to send. Only `unclear` leaves it open whether a text exists. */
export type SendOutcome =
  | { outcome: 'accepted'; sid: string; status: TwilioStatus; errorCode: number | null }
  /** Certain no, and asking again gives the same. Twilio's sentence quotes the number, so it is not kept. */
  | { outcome: 'refused'; errorCode: number | null }
  /** Certain no, and asking again later may give yes. */
  | { outcome: 'busy'; errorCode: number | null }
  /** Certain no, to the whole account: wrong credentials, suspended, not permitted. */
  | { outcome: 'account_refused'; errorCode: number | null }
  /** Certain no: we did not ask, because the claim had run out. */
  | { outcome: 'stale' }
  /** Certain no: we did not ask, because no text may go to that country. */
  | { outcome: 'country_not_allowed' }
  | { outcome: 'unclear'; reason: string }

/** Twilio's own "not now": too many requests, and a sender's queue that is full. */
const busyCodes = new Set([20429, 21611])
const badCredentials = 20003

export function outcomeOfAnswer(answer: {
  sid?: unknown
  status?: unknown
  errorCode?: unknown
}): SendOutcome {
  const { sid, status, errorCode } = answer
  if (typeof sid !== 'string' || !/^(SM|MM)[0-9a-fA-F]{32}$/.test(sid)) {
    return { outcome: 'unclear', reason: 'Twilio answered without a message SID' }
  }
  const known = typeof status === 'string' && isTwilioStatus(status) ? status : 'queued'
  return {
    outcome: 'accepted',
    sid,
    status: known,
    errorCode: typeof errorCode === 'number' ? errorCode : null,
  }
}

/** The SDK's errors carry the HTTP status; our transport's say whether anything left this machine. */
export function outcomeOfError(error: unknown): SendOutcome {
  if (error instanceof NotSentError) return { outcome: 'busy', errorCode: null }
  const { status, code } = readRestError(error)
  if (status === undefined) return { outcome: 'unclear', reason: messageOf(error) }
  if (status === 401 || status === 403 || code === badCredentials) {
    return { outcome: 'account_refused', errorCode: code }
  }
  if (status === 429 || (code !== null && busyCodes.has(code))) {
    return { outcome: 'busy', errorCode: code }
  }
  if (status >= 400 && status < 500) {
    return { outcome: 'refused', errorCode: code }
  }
  return { outcome: 'unclear', reason: `Twilio answered ${status}` }
}

function readRestError(error: unknown): { status: number | undefined; code: number | null } {
  if (typeof error !== 'object' || error === null) return { status: undefined, code: null }
  const status = 'status' in error && typeof error.status === 'number' ? error.status : undefined
  const code = 'code' in error && typeof error.code === 'number' ? error.code : null
  return { status, code }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error'
}
