import { accountEndpoints, type AccountNumber } from '@partyline/contracts/api/account'
import { systemEndpoints } from '@partyline/contracts/api/system'
import { hashPassword } from '@partyline/api/password'
import { createUser } from '@partyline/db/queries/users'
import type { Deps } from '@partyline/api/deps'
import { expect } from 'vitest'
import { runLine, type RunningLine } from '../../support/run-line.ts'
import type { Stack } from '../../support/stack.ts'
import { account, publicUrl } from '../../support/webhook.ts'
import { Client, password } from '../api/client.ts'
import { runApi } from '../api/running-api.ts'

export const door = `${publicUrl}/webhooks/twilio/messages`
export const office = '+12125550100'

const hashed = hashPassword(password)

export interface Account extends AsyncDisposable {
  line: RunningLine
  admin: Client
  /** Has the account looked at, and waits until that is done. */
  look(): Promise<AccountNumber[]>
  number(address?: string): Promise<AccountNumber>
  connect(address?: string, given?: object): Promise<AccountNumber>
  /** As the simulated Twilio has it. */
  atTwilio(address?: string): { smsUrl: string; smsFallbackUrl: string }
  unreached(): Promise<string[]>
}

/** An account at the simulated Twilio, a dispatcher that tends it, and an administrator. */
export async function runAccount(
  stack: Stack,
  { dispatchers = 1, ...config }: { dispatchers?: number } & Partial<Deps['config']> = {},
): Promise<Account> {
  await using resources = new AsyncDisposableStack()
  const line = resources.use(await runLine(stack, { dispatchers: 0 }))
  const api = resources.use(runApi(stack, { publicUrl, ...config }))
  await api.api.start()
  const passwordHash = await hashed
  await createUser(stack.db, { email: 'a@example.com', name: 'A', role: 'admin', passwordHash })
  const admin = new Client(api.http, config.publicUrl ?? publicUrl)
  await admin.signIn('a@example.com')
  // The last to start: after some seconds it looks by itself, and would meet the faults of a test.
  for (let index = 0; index < dispatchers; index += 1) resources.use(await line.dispatch())

  const list = async () => (await admin.call(accountEndpoints.numbers)).items
  const number = async (address = office) => {
    const found = (await list()).find((it) => it.address === address)
    if (!found) throw new Error(`no ${address}`)
    return found
  }
  const running = resources.move()
  return {
    ...{ line, admin, number },
    async look() {
      await admin.call(accountEndpoints.look)
      const looking = async () => (await admin.call(accountEndpoints.get)).looking
      await expect.poll(looking).toBe(false)
      return list()
    },
    async connect(address = office, given = {}) {
      const { sid } = await number(address)
      return admin.call(accountEndpoints.connect, { sid }, given)
    },
    atTwilio(address = office) {
      // A number that is there already is handed back as it is.
      const row = line.simulator.addNumber({ address, name: '' })
      return { smsUrl: row.sms_url, smsFallbackUrl: row.sms_fallback_url }
    },
    async unreached() {
      const { unreachedLines } = await admin.call(systemEndpoints.get)
      return unreachedLines.map(({ sentence }) => sentence)
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

/** As Twilio's SDK asks, for what somebody else does to the account. */
export async function askTwilio(
  { simulator }: RunningLine,
  path: string,
  form: Record<string, string> | 'delete',
): Promise<{ sid: string }> {
  const answer = await fetch(`${simulator.apiUrl}${path}`, {
    method: form === 'delete' ? 'DELETE' : 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${account.sid}:${account.token}`).toString('base64')}`,
    },
    body: form === 'delete' ? null : new URLSearchParams(form),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
  return (answer.status === 204 ? {} : await answer.json()) as { sid: string }
}

export const numberPath = (sid: string) =>
  `/2010-04-01/Accounts/${account.sid}/IncomingPhoneNumbers/${sid}.json`
