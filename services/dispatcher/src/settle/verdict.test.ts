import { expect, test } from 'vitest'
import { judge, nextLook } from './verdict.ts'

const policy = { settleMs: 120_000, whenAbsent: 'resend_after_settle' } as const
const evidence = { found: null, ageMs: 0, checks: 0, absences: 0 }

test('a text that is in Twilio’s list is accepted, however early', () => {
  expect(judge({ ...evidence, found: 'SM1' }, policy)).toEqual({ verdict: 'accepted', sid: 'SM1' })
})

test('absent is not absent before the settle window is over', () => {
  expect(judge({ ...evidence, ageMs: 119_999, checks: 9 }, policy).verdict).toBe('look_again')
})

test('absent is not absent on one list alone', () => {
  expect(judge({ ...evidence, ageMs: 500_000 }, policy).verdict).toBe('look_again')
})

test('absent after the window and on a second list is sent again, once', () => {
  const absent = { ...evidence, ageMs: 120_000, checks: 1 }
  expect(judge(absent, policy)).toEqual({ verdict: 'resend' })
  expect(judge({ ...absent, absences: 1 }, policy)).toEqual({
    verdict: 'review',
    cause: 'absent_twice',
  })
})

test('with the policy "hold" nothing is sent again without a person', () => {
  const absent = { ...evidence, ageMs: 120_000, checks: 1 }
  expect(judge(absent, { ...policy, whenAbsent: 'hold' })).toEqual({
    verdict: 'review',
    cause: 'policy_hold',
  })
})

test('a list that cannot be read settles nothing; after half an hour a person is asked', () => {
  const unread = { ...evidence, found: undefined, checks: 9 }
  expect(judge({ ...unread, ageMs: 300_000 }, policy)).toMatchObject({
    verdict: 'look_again',
    counted: false,
  })
  expect(judge({ ...unread, ageMs: 1_800_001 }, policy)).toEqual({
    verdict: 'review',
    cause: 'unsettled',
  })
})

test('the looks are at 5, 15, 45 and 120 seconds', () => {
  expect([0, 5_000, 15_000, 45_000].map((age) => age + nextLook(age, 120_000))).toEqual([
    5_000, 15_000, 45_000, 120_000,
  ])
})
