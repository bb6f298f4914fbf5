import { expect, test } from 'vitest'
import { readRange } from './read-range.ts'

test.each([
  ['bytes=0-99', { from: 0, to: 99 }],
  ['bytes=900-', { from: 900, to: 999 }],
  ['bytes=-100', { from: 900, to: 999 }],
  ['bytes=0-5000', { from: 0, to: 999 }],
  ['bytes=1000-', undefined],
  ['bytes=5-2', undefined],
  ['bytes=0-1,5-6', undefined],
  ['bytes=-', undefined],
  [undefined, undefined],
])('of a thousand bytes %s is %j', (header, range) => {
  expect(readRange(header, 1_000)).toEqual(range)
})

test('of a file of unknown size the whole is sent', () => {
  expect(readRange('bytes=0-1', null)).toBeUndefined()
})
