import twilio, { type Twilio as Sdk } from 'twilio'
import type { Config } from '../config.ts'
import { PooledClient } from './http-client.ts'
import { outcomeOfError } from './outcome.ts'

/** How Twilio receives a pair of credentials. */
export type Reception<T> =
  | { outcome: 'accepted'; value: T }
  | { outcome: 'refused'; errorCode: number | null }
  | { outcome: 'unclear'; reason: string }

export interface AccountState {
  status: string
  /** `Trial` or `Full`. */
  type: string
}

type Credentials = Pick<Config['twilio'], 'accountSid' | 'apiUrl'>

/** The account as its auth token shows it; an API key may not ask this. */
export function fetchAccount(
  { accountSid, apiUrl }: Credentials,
  authToken: string,
  timeoutMs: number,
): Promise<Reception<AccountState>> {
  const given = { accountSid, apiUrl, username: accountSid, password: authToken }
  return tried(given, timeoutMs, async (sdk) => {
    const { status, type } = await sdk.api.v2010.accounts(accountSid).fetch()
    return { status, type }
  })
}

/** Whether these credentials, perhaps an API key's, may read what sending leaves behind. */
export function tryReading(
  config: Config['twilio'],
  timeoutMs: number,
): Promise<Reception<undefined>> {
  return tried(config, timeoutMs, async (sdk) => {
    await sdk.messages.list({ limit: 1 })
    return undefined
  })
}

async function tried<T>(
  { accountSid, username, password, apiUrl }: Config['twilio'],
  timeoutMs: number,
  ask: (sdk: Sdk) => Promise<T>,
): Promise<Reception<T>> {
  const httpClient = new PooledClient(apiUrl, timeoutMs)
  try {
    const value = await ask(twilio(username, password, { accountSid, httpClient }))
    return { outcome: 'accepted', value }
  } catch (error) {
    const result = outcomeOfError(error)
    if (result.outcome === 'account_refused') {
      return { outcome: 'refused', errorCode: result.errorCode }
    }
    // The transport's own errors, and those of the SDK, name no credentials in their message.
    return { outcome: 'unclear', reason: error instanceof Error ? error.message : result.outcome }
  } finally {
    await httpClient.close()
  }
}
