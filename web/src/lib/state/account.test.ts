import type { Account } from '@partyline/contracts/api/account'
import { expect, test } from 'vitest'
import { createApi } from '../api.ts'
import { AccountState } from './account.svelte.ts'

const lookedAt = '2026-11-21T09:00:00.000Z'
const now = Date.parse('2026-11-21T09:01:00.000Z')
const line = { createdAt: '2026-11-21T08:00:00.000Z' }

/** An api that has this to say of the account, and what it was asked. */
function given(changes: Partial<Account> = {}) {
  const account: Account = {
    ...{ looking: false, lookedAt, problem: null, unreachable: null, webhookUrl: 'https://x.org/' },
    ...changes,
  }
  const asked: string[] = []
  const api = createApi(async (path) => {
    asked.push(path.replace(/\?.*/, ''))
    return Response.json(path.includes('/numbers') ? { items: [], nextCursor: null } : account)
  })
  return { state: new AccountState(api), looks: () => asked.filter((path) => /look$/.test(path)) }
}

test('Twilio is not asked for what was looked at a minute ago', async () => {
  const { state, looks } = given()

  await state.open([line], now)

  expect(state.account).toMatchObject({ lookedAt })
  expect(looks()).toEqual([])
})

test('Twilio is asked when nobody looked, when that is old, and for a line that is newer', async () => {
  const never = given({ lookedAt: null })
  await never.state.open([], now)
  const old = given()
  await old.state.open([line], now + 5 * 60_000)
  const newer = given()
  await newer.state.open([{ createdAt: '2026-11-21T09:00:30.000Z' }], now)
  const underway = given({ lookedAt: null, looking: true })
  await underway.state.open([], now)

  const looks = [never, old, newer, underway].map((one) => one.looks().length)
  expect(looks).toEqual([1, 1, 1, 0])
})
