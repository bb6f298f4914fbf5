import {
  type AccountState,
  fetchAccount,
  type Reception,
  tryReading,
} from '@partyline/dispatcher/twilio/try-credentials'
import type { Config } from '@partyline/dispatcher/config'
import { type Finding, notice, right, wrong } from './finding.ts'

const about = 'Twilio account'
const patienceMs = 10_000

interface Given {
  twilio: Config['twilio']
  authToken: string
  secondaryToken: string | undefined
}

/** Whether Twilio knows us, by each of the credentials that are set. */
export async function checkAccount({
  twilio,
  authToken,
  secondaryToken,
}: Given): Promise<Finding[]> {
  const hasKey = twilio.username !== twilio.accountSid
  const [account, key, secondary] = await Promise.all([
    fetchAccount(twilio, authToken, patienceMs),
    hasKey ? tryReading(twilio, patienceMs) : undefined,
    secondaryToken === undefined ? undefined : fetchAccount(twilio, secondaryToken, patienceMs),
  ])
  return [
    ofAccount(account, twilio.apiUrl !== undefined),
    ...(key ? [ofKey(key)] : []),
    ...(secondary ? [ofSecondary(secondary)] : []),
  ]
}

function ofAccount(told: Reception<AccountState>, simulated: boolean): Finding {
  if (told.outcome === 'unclear') return silent(told.reason)
  if (told.outcome === 'refused') {
    const says = `Twilio refuses TWILIO_AUTH_TOKEN for TWILIO_ACCOUNT_SID${codeOf(told)}.`
    const step =
      'Copy both from the Console’s first page, Account Info, into the environment, and restart.'
    return wrong(about, says, step)
  }
  const { status, type } = told.value
  if (status !== 'active') {
    const step = 'Open the Console: a notice there says why, and how to open it again.'
    return wrong(about, `It is ${status}, so nothing is sent.`, step)
  }
  if (type === 'Trial') {
    const says = 'A trial account: it sends only to numbers that were verified in the Console.'
    return notice(about, says, 'Upgrade it there before you invite people.')
  }
  return right(
    about,
    simulated ? 'Active. It is not Twilio’s own: TWILIO_API_URL is set.' : 'Active.',
  )
}

function ofKey(told: Reception<undefined>): Finding {
  const about = 'Twilio API key'
  if (told.outcome === 'accepted') return right(about, 'Accepted.')
  if (told.outcome === 'unclear') return silent(told.reason)
  const says = `Twilio refuses TWILIO_API_KEY with TWILIO_API_SECRET${codeOf(told)}.`
  const step =
    'Make a key of type Standard in the Console (Account, API keys & tokens), or unset both to use the token.'
  return wrong(about, says, step)
}

function ofSecondary(told: Reception<AccountState>): Finding {
  const about = 'Secondary token'
  if (told.outcome === 'accepted') return right(about, 'Accepted.')
  if (told.outcome === 'unclear') return silent(told.reason)
  const says = `Twilio does not accept TWILIO_AUTH_TOKEN_SECONDARY${codeOf(told)}.`
  const step =
    'If it is the old token, unset it once the queues are empty; if it is to be the new one, copy it again.'
  return notice(about, says, step)
}

function silent(reason: string): Finding {
  return wrong(about, `${reason}.`, 'See that this machine may reach api.twilio.com by https.')
}

const codeOf = ({ errorCode }: { errorCode: number | null }) =>
  errorCode === null ? '' : ` (${errorCode})`
