import { NotSentError } from './http-client.ts'
import { outcomeOfError } from './outcome.ts'

/** `later`: it is worth asking again by itself. `refused`: not before somebody has changed something. */
export interface AccountProblem {
  outcome: 'later' | 'refused'
  /** In plain words, with what to do. */
  problem: string
}

const notFound = 20404

/** What an error of the SDK or its transport means for somebody who looks after the account. */
export function problemOf(error: unknown): AccountProblem {
  if (error instanceof NotSentError) {
    return later('Twilio cannot be reached from here. Partyline tries again by itself.')
  }
  const result = outcomeOfError(error)
  const number = 'errorCode' in result ? result.errorCode : null
  const code = number === null ? '' : ` (${number})`
  if (result.outcome === 'account_refused') {
    return refused(
      `Twilio does not accept the credentials for this${code}. Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN; an API key must be allowed to read and change phone numbers and Messaging Services, and to read Content.`,
    )
  }
  if (result.outcome === 'busy') {
    return later(`Twilio has too much to do${code}. Partyline tries again by itself.`)
  }
  if (number === notFound) return refused('It is no longer in the Twilio account.')
  if (result.outcome === 'refused') {
    return refused(`Twilio refuses this${code}. The debugger of Twilio’s Console says why.`)
  }
  return later('Twilio does not answer as it should. Partyline tries again by itself.')
}

const later = (problem: string): AccountProblem => ({ outcome: 'later', problem })
const refused = (problem: string): AccountProblem => ({ outcome: 'refused', problem })
