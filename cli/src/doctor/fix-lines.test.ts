import { wantedServiceWebhooks, wantedWebhooks } from '@partyline/contracts/number-webhooks'
import type { AccountClient } from '@partyline/dispatcher/twilio/account-client'
import { expect, test } from 'vitest'
import type { Place } from './find-places.ts'
import { type Fixing, fixLines } from './fix-lines.ts'
import { judgeLine, type Line } from './judge-line.ts'

const publicUrl = 'https://text.acme.org'
const serviceSid = `MG${'1'.repeat(32)}`
const lines = ['+12125550100', '+12125550101'].map((address): Line => ({
  address,
  channel: 'sms',
  name: 'Desk',
}))

/** Two numbers in the pool of one service, which answers for both and points elsewhere. */
function givenPool(inboundRequestUrl: string): Place[] {
  const service = {
    ...{ sid: serviceSid, inboundRequestUrl, inboundMethod: 'POST' },
    ...{ fallbackUrl: '', fallbackMethod: 'POST' },
  }
  return lines.map(({ address }, index) => ({
    ...{ sid: `PN${index}`, address, sms: true, serviceSid, leavesToNumbers: false },
    found: { ...wantedWebhooks(publicUrl), service },
  }))
}

/** Twilio's part: takes what it is told. */
function givenTwilio() {
  const set: string[] = []
  const account: Pick<AccountClient, 'setWebhooks'> = {
    async setWebhooks({ sid }, found) {
      set.push(found.service?.sid ?? sid)
      const service = found.service && { ...found.service, ...wantedServiceWebhooks(publicUrl) }
      return { outcome: 'told', value: { ...found, service } }
    },
  }
  return { set, account }
}

const fix = (places: Place[], fixing: Fixing, { account }: ReturnType<typeof givenTwilio>) =>
  fixLines(lines, places, { ...fixing, account, publicUrl })

test('a Messaging Service that answers for several lines is set once, and all are right then', async () => {
  const places = givenPool('')
  const twilio = givenTwilio()

  const findings = await fix(places, { named: [], force: false }, twilio)

  expect(twilio.set).toEqual([serviceSid])
  expect(findings.map(({ says }) => says)).toEqual([
    `+12125550100, on its Messaging Service ${serviceSid}: set inboundRequestUrl (was not set).`,
  ])
  const given = { publicUrl, command: 'partyline doctor' }
  expect(lines.map((line) => judgeLine(line, places, given).state)).toEqual(['right', 'right'])
})

test.each([
  [{ named: [], force: false }, 0],
  [{ named: ['+12125550101'], force: false }, 1],
  [{ named: [], force: true }, 1],
])('what another program has is taken from it only on purpose: %o', async (fixing, times) => {
  const twilio = givenTwilio()

  await fix(givenPool('https://other.acme.org'), fixing, twilio)

  expect(twilio.set).toHaveLength(times)
})

test('a name that is no line is told, and changes nothing', async () => {
  const twilio = givenTwilio()

  const findings = await fix(givenPool(''), { named: ['+12125550199'], force: true }, twilio)

  expect(twilio.set).toEqual([])
  expect(findings).toMatchObject([{ state: 'wrong' }])
})
