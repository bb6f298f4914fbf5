import { expect, test } from 'vitest'
import { createPresenceBook, type Seat } from './presence-book.ts'

const ben = { id: 'ben', name: 'Ben' }
const seat = (given: Partial<Seat>): Seat => ({
  ...{ conversationId: 'c', seatId: 'window 1', user: ben, doing: 'here' },
  ...given,
})

test('a person in two windows is one, and is gone when both are', () => {
  const book = createPresenceBook(() => 0)
  book.take(seat({}))
  book.take(seat({ seatId: 'window 2' }))
  expect(book.here('c')).toEqual([ben])

  book.take(seat({ doing: 'away' }))
  expect(book.here('c')).toEqual([ben])
  book.take(seat({ seatId: 'window 2', doing: 'away' }))
  expect(book.here('c')).toEqual([])
})

test('who types is forgotten after seconds unless it is said again, and a sign of life does not end it', () => {
  let time = 0
  const book = createPresenceBook(() => time)
  book.take(seat({ doing: 'typing' }))
  time = 5_000
  book.take(seat({ doing: 'here' }))
  expect(book.typing('c')).toEqual([ben])
  time = 7_000
  expect(book.typing('c')).toEqual([])
  expect(book.here('c')).toEqual([ben])
})

test('who is not heard of any more is forgotten, the conversation named once more', () => {
  let time = 0
  const book = createPresenceBook(() => time)
  book.take(seat({}))
  time = 60_000
  expect(book.expire()).toEqual(['c'])
  expect(book.here('c')).toEqual([])
  expect(book.expire()).toEqual([])
})
