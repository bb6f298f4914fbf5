import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { checkPublicUrl } from '@partyline/cli/doctor/check-public-url'
import { expect, onTestFinished, test } from 'vitest'

const read = (name: string) => readFileSync(new URL(`../../bench/${name}`, import.meta.url))

test('a certificate that nobody vouches for is wrong, and says why', async () => {
  const tls = { cert: read('stub-cert.pem'), key: read('stub-key.pem') }
  const server = createServer(tls, (_request, response) => response.end())
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo

  const findings = await checkPublicUrl(`https://127.0.0.1:${port}`, true)

  expect(findings).toContainEqual(
    expect.objectContaining({
      ...{ about: 'Certificate', state: 'wrong' },
      says: expect.stringContaining('nobody but the server itself vouches for it') as string,
    }),
  )
})

test.each([
  ['http://localhost:8080', 'exists only here'],
  ['https://10.0.0.5', 'exists only here'],
  ['http://8.8.8.8', 'is not https'],
])('with Twilio %s is wrong: it %s', async (publicUrl, why) => {
  const findings = await checkPublicUrl(publicUrl, false)

  const wrong = findings.filter(({ state }) => state === 'wrong')
  expect(wrong).toHaveLength(1)
  expect(wrong[0]?.says).toContain(why)
  expect(wrong[0]?.step).toBeTruthy()
})

test('with the simulator this machine is enough', async () => {
  const findings = await checkPublicUrl('http://localhost:8080', true)

  expect(findings.map(({ state }) => state)).toEqual(['right'])
})
