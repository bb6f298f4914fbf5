import { expect, test } from 'vitest'
import { durationInWords, reachInWords } from './reach-in-words.ts'

const reach = {
  ...{ recipients: 40, now: 40, optedOut: 0, unreachable: 0, landline: 0 },
  ...{ countries: [], rate: null, window: null },
}

test('who gets it and who does not, as far as it differs', () => {
  expect(reachInWords(reach)).toBe('40 people')
  expect(reachInWords({ ...reach, now: 37, optedOut: 2, unreachable: 1 })).toBe(
    '40 people: 37 now, 2 opted out, 1 unreachable',
  )
  expect(reachInWords({ ...reach, recipients: 1, now: 0, optedOut: 1 })).toBe(
    '1 person: 0 now, 1 opted out',
  )
})

test.each([
  [0, undefined],
  [4.9, undefined],
  [37, 'takes about 40 s'],
  [240, 'takes about 4 min'],
  [9_970, 'takes about 3 h'],
])('%d seconds: %s', (seconds, words) => {
  expect(durationInWords(seconds)).toBe(words)
})
