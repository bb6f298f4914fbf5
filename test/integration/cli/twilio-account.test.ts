import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { checkAccount } from '@partyline/cli/doctor/check-account'
import { expect, onTestFinished, test } from 'vitest'

const accountSid = `AC${'a'.repeat(32)}`
const key = `SK${'b'.repeat(32)}`
const accepted = new Set([`${accountSid}:token`, `${key}:secret`])

/** Twilio's answers about an account, which the simulator's is never in the way of. */
async function givenAccount(account: { status: string; type: string }): Promise<string> {
  const server = createServer(({ headers, url = '' }, response) => {
    const [, encoded = ''] = (headers.authorization ?? '').split(' ')
    const mayAsk = accepted.has(Buffer.from(encoded, 'base64').toString())
    const body = url.includes('/Messages.json')
      ? { messages: [], next_page_uri: null, page: 0, page_size: 1 }
      : { sid: accountSid, ...account }
    response
      .writeHead(mayAsk ? 200 : 401, { 'content-type': 'application/json' })
      .end(JSON.stringify(mayAsk ? body : { code: 20003, message: 'Authenticate', status: 401 }))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const healthy = { status: 'active', type: 'Full' }

async function look(account: typeof healthy, given: Record<string, string> = {}) {
  const twilio = {
    ...{ accountSid, username: given['username'] ?? accountSid },
    ...{ password: given['password'] ?? 'token', apiUrl: await givenAccount(account) },
  }
  const authToken = given['authToken'] ?? 'token'
  return checkAccount({ twilio, authToken, secondaryToken: given['secondary'] })
}

test.each([
  [healthy, 'right', 'Active.'],
  [{ ...healthy, status: 'suspended' }, 'wrong', 'It is suspended, so nothing is sent.'],
  [{ ...healthy, type: 'Trial' }, 'notice', 'A trial account'],
])('an account that is %o is %s', async (account, state, says) => {
  const findings = await look(account)

  expect(findings).toMatchObject([{ state, says: expect.stringContaining(says) as string }])
})

test('each credential is tried, and what Twilio refuses is named', async () => {
  const right = await look(healthy, { username: key, password: 'secret', secondary: 'token' })
  expect(right.map(({ state }) => state)).toEqual(['right', 'right', 'right'])

  const wrong = await look(healthy, {
    ...{ authToken: 'hunter2', username: key, password: 'hunter3', secondary: 'hunter4' },
  })
  expect(wrong).toMatchObject([
    { state: 'wrong', says: 'Twilio refuses TWILIO_AUTH_TOKEN for TWILIO_ACCOUNT_SID (20003).' },
    { state: 'wrong', about: 'Twilio API key' },
    { state: 'notice', about: 'Secondary token' },
  ])
  expect(JSON.stringify(wrong)).not.toContain('hunter')
})
