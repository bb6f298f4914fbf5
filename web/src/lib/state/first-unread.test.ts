import { expect, test } from 'vitest'
import { firstUnread } from './first-unread.ts'
import { sampleMessage } from './samples.ts'

const inbound = (seq: number) => sampleMessage({ seq })
const outbound = (seq: number) => sampleMessage({ seq, direction: 'outbound' })
const items = [inbound(1), outbound(2), inbound(3), outbound(4), inbound(5), inbound(6)]

test('the first unread text is counted back over theirs alone, from what was there at first', () => {
  expect(firstUnread(items, { count: 2, upTo: 5, hasOlder: false })).toBe(3)
  expect(firstUnread(items, { count: 1, upTo: 6, hasOlder: false })).toBe(6)
  expect(firstUnread(items, { count: 0, upTo: 6, hasOlder: false })).toBeUndefined()
})

test('with more unread than is loaded it is not known until older ones are', () => {
  expect(firstUnread(items, { count: 9, upTo: 6, hasOlder: true })).toBeUndefined()
  expect(firstUnread(items, { count: 9, upTo: 6, hasOlder: false })).toBe(1)
})

test('a stretch that ends before the unread ones cannot tell', () => {
  expect(firstUnread(items, { count: 1, upTo: 40, hasOlder: false })).toBeUndefined()
})
