import { expect, test } from 'vitest'
import { explainTwilioError } from './twilio-errors.ts'

/** Every error number Twilio's messaging documentation names for sending, channels and webhooks. */
const codes = [
  11200, 11205, 11750, 11770, 12100, 12200, 12300, 14107, 14109, 20001, 20003, 20005, 20006, 20008,
  20009, 20404, 20422, 20429, 20500, 20503, 20504, 21201, 21211, 21212, 21265, 21266, 21267, 21268,
  21406, 21408, 21601, 21602, 21603, 21604, 21606, 21608, 21609, 21610, 21611, 21612, 21614, 21617,
  21619, 21620, 21621, 21622, 21623, 21624, 21635, 21654, 21655, 21656, 21658, 21659, 21660, 21661,
  21701, 21702, 21703, 21704, 21705, 21910, 30001, 30002, 30003, 30004, 30005, 30006, 30007, 30008,
  30011, 30017, 30019, 30020, 30021, 30022, 30023, 30027, 30032, 30033, 30034, 30035, 30036, 30038,
  30039, 30046, 30400, 30409, 30410, 30450, 30453, 30454, 30485, 30500, 30610, 30640, 35111, 35114,
  35115, 35117, 35118, 35125, 35126, 60200, 60202, 60203, 60212, 63001, 63003, 63005, 63007, 63010,
  63012, 63015, 63016, 63017, 63018, 63019, 63021, 63024, 63027, 63028, 63033, 63038, 63040, 63041,
  63042, 63049, 63050,
]

test.each(codes)('%i has a reason and a way out in plain words', (code) => {
  const { reason, advice } = explainTwilioError(code)

  expect(reason).toMatch(/^[A-Z].+\.$/)
  expect(reason).not.toMatch(/\d{5}/)
  expect(advice).toMatch(/^[A-Z].+\.$/)
})

test('a number nobody knows is named, and a person decides', () => {
  expect(explainTwilioError(39999)).toMatchObject({
    reason: 'Twilio reported error 39999.',
    retry: 'no',
  })
})

test('no number at all is said as such', () => {
  expect(explainTwilioError(null).reason).toBe('Twilio gave no reason.')
})

test.each([
  [20429, 'soon'],
  [20500, 'unknown'],
  [21610, 'no'],
  [30003, 'later'],
  [30008, 'once'],
])('%i is to be tried again: %s', (code, retry) => {
  expect(explainTwilioError(code).retry).toBe(retry)
})
